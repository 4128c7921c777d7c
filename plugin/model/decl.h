/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names, and the declarations that the plugin makes. */
#ifndef STATIC_CALL_MODEL_DECL_H
#define STATIC_CALL_MODEL_DECL_H

#define SCK_TRAMPOLINE "static_call_key_trampoline"

const char *sck_bare_name(tree decl);
char *sck_type_name(tree type);
char *sck_member_name(tree field);
void sck_keep(tree decl);
tree sck_hidden_function(const char *symbol, tree fntype);
bool sck_is_hidden_function(tree decl);
const char *sck_trampoline_symbol(tree decl);
tree sck_trampoline_mark(tree fntype);
bool sck_trampoline_type(const_tree fntype);
bool sck_is_referenced(tree decl);
void sck_register_root(const char *plugin_name, tree *variable);
void sck_decl_register_roots(const char *plugin_name);

#endif /* STATIC_CALL_MODEL_DECL_H */
