/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the object file of a unit gets besides GCC's own code. The passes say here what
 * they want; nothing below this header asks them back.
 */
#ifndef STATIC_CALL_EMIT_H
#define STATIC_CALL_EMIT_H

#include "model/calls.h"

/* The small functions that compiled code calls; see functions.c. */
#define STATIC_CALL_KEY_STORE             "static_call_key_stored"
/* The same, where nothing speaks of a key yet; resync.c looks at it again. */
#define STATIC_CALL_KEY_STORE_MAYBE       STATIC_CALL_KEY_STORE "_maybe"
/* The same behind memset, memcpy or memmove, which it calls: "static_call_key_stored_memset". */
#define STATIC_CALL_KEY_STORE_FILL        STATIC_CALL_KEY_STORE "_"
/* The same in transactions. */
#define STATIC_CALL_KEY_STORE_TRANSACTION STATIC_CALL_KEY_STORE "_transaction"
#define STATIC_CALL_KEY_RETURN_ZERO       "static_call_key_return_zero"

/* The module descriptor, and where keys may lie: its .range_lo and .range_span. */
#define STATIC_CALL_KEY_MODULE            "static_call_key_module"
#define STATIC_CALL_KEY_RANGE             "static_call_key_range"
#define STATIC_CALL_KEY_RANGE_SPAN        STATIC_CALL_KEY_RANGE "_span"
/* ... and its .learn. */
#define STATIC_CALL_KEY_LEARN             "static_call_key_learn"

enum sck_part {
	SCK_PART_STORE,
	SCK_PART_STORE_MEMSET,
	SCK_PART_STORE_MEMCPY,
	SCK_PART_STORE_MEMMOVE,
	SCK_PART_STORE_TRANSACTION,
	SCK_PART_RETURN_ZERO,
	SCK_PARTS
};

/* unit.c */
void sck_want_key(struct sck_key *key);
void sck_want_part(enum sck_part part, tree decl);
void sck_want_module(void);
void sck_want_plugin_at_link(void);
void sck_emit_start(void);
void sck_emit_unit(void);

/* trampolines.c: does the key's clobber set leave its trampoline a register? */
bool sck_trampoline_possible(const struct sck_key *key, location_t loc);

/* tables.c: is this a variable that makes an offer? */
bool sck_is_offer(const_tree var);

#endif /* STATIC_CALL_EMIT_H */
