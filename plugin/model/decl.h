/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names, and the declarations that the plugin makes. */
#ifndef STATIC_CALL_MODEL_DECL_H
#define STATIC_CALL_MODEL_DECL_H

#define SCK_TRAMPOLINE        "static_call_key_trampoline"

/*
 * In front of that, what the kernel's objtool knows the trampoline of a static call by, and, in
 * front of the same, its key.
 */
#define SCK_KERNEL_TRAMPOLINE "__SCT__"
#define SCK_KERNEL_KEY        "__SCK__"

const char *sck_bare_name(tree decl);
char *sck_type_name(tree type);
char *sck_member_name(tree field);
void sck_keep(tree decl);
tree sck_hidden_function(const char *symbol, tree fntype);
bool sck_is_hidden_function(tree decl);
char *sck_trampoline_name(const char *symbol);
const char *sck_trampoline_symbol(tree decl);
tree sck_trampoline_mark(tree fntype);
bool sck_trampoline_type(const_tree fntype);
bool sck_is_referenced(tree decl);
void sck_register_root(const char *plugin_name, tree *variable);
void sck_decl_register_roots(const char *plugin_name);

#endif /* STATIC_CALL_MODEL_DECL_H */
