/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the front ends call: attributes, and what whole units are searched for. */
#ifndef STATIC_CALL_FRONT_H
#define STATIC_CALL_FRONT_H

/*
 * Is the attribute to be given back, as the declaration that it is for comes yet?
 * int (*__attribute__((static_call_key)) fp)(void) means fp.
 */
static inline bool sck_tag_is_early(const_tree node, int flags)
{
	return !DECL_P(node) &&
	       flags & (ATTR_FLAG_DECL_NEXT | ATTR_FLAG_FUNCTION_NEXT | ATTR_FLAG_ARRAY_NEXT);
}

/* attributes.c */
void sck_register_attributes(void *, void *);
void sck_finish_decl(void *event_data, void *);

/* clobbers.c, thunk.c, inline.c, dynamic.c */
tree sck_named_function(tree arg);
void sck_register_clobbers(void);
void sck_register_thunk(void);
void sck_register_inline(void);
void sck_register_dynamic(void);
void sck_settle_dynamic(tree decl);
void sck_finish_thunk(tree decl);

/* imports.c: tags that C++ modules and precompiled headers bring. */
void sck_find_precompiled(void *, void *);
void sck_find_imported(void);

/* places.c: what is tagged and what is stored to, for other units. */
void sck_report_tags(void);
void sck_report_untagged(gimple *stmt);

/* seen.c: which functions saw the tags of the keys that they use. */
void sck_emit_seen(void);
opt_pass *sck_make_seen_pass(void);
opt_pass *sck_make_compare_pass(void);

/* offers.c: before the first pass. */
void sck_check_offers(void);

#endif /* STATIC_CALL_FRONT_H */
