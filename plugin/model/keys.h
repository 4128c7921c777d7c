/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is a key, and which bytes of a type or variable may hold one. */
#ifndef STATIC_CALL_MODEL_KEYS_H
#define STATIC_CALL_MODEL_KEYS_H

#define SCK_ATTRIBUTE   "static_call_key"
/* On functions of static_call.h, which says what one does. */
#define SCK_API         "static_call_key_api"
#define SCK_API_UPDATE  "update"  /* (key, fn): makes the key hold fn */
#define SCK_API_RUNTIME "runtime" /* an entry point of the runtime */
/* An identifier that there is where a tag was met: precompiled headers bring it along. */
#define SCK_MARK_TAGGED " static_call_key_tagged"

bool sck_is_fnptr(const_tree type);
bool sck_dependent_type(const_tree type);
bool sck_holds_fnptr(const_tree type);
bool sck_static_var(const_tree var);

tree sck_tag_of(const_tree decl);
bool sck_tag_says(tree tag, const char *word);
bool sck_api_is(const_tree decl, const char *what);
void sck_note_tagged(tree decl);
void sck_note_declared(tree var);
void sck_note_imported(void);
bool sck_have_keys(void);
bool sck_have_imported(void);
bool sck_tags_precompiled(void);
void sck_for_each_tag(void (*fn)(tree decl));
tree sck_tagged_decl(tree tag);
void sck_keys_register_roots(const char *plugin_name);

HOST_WIDE_INT sck_type_size(const_tree type);
HOST_WIDE_INT sck_object_size(const_tree var);
bool sck_field_offset(const_tree field, HOST_WIDE_INT *offset);

/* Bytes [from, to), from the start of the type or variable. */
bool sck_field_keyed(tree field);
bool sck_type_is_unrelated(tree type);
bool sck_type_has_key(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to);
bool sck_type_has_tag(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to);
bool sck_type_has_fnptr(tree type, HOST_WIDE_INT from, HOST_WIDE_INT to);
bool sck_var_has_key(tree var, HOST_WIDE_INT from, HOST_WIDE_INT to);

/* fntypes.c */
bool sck_fntype_may_be_held(tree fntype);

#endif /* STATIC_CALL_MODEL_KEYS_H */
