/* SPDX-License-Identifier: MIT */
/* sites.h - the call sites of a module; see sites.c. */
#ifndef STATIC_CALL_SITES_H
#define STATIC_CALL_SITES_H

#include "state.h"

#pragma GCC visibility push(hidden)

/*
 * How order[] begins for the site of this number. It is patchable if it is as the plugin writes
 * it, leading to the trampoline, or if it is a guard, to its slow path; or as the record says
 * that it was prelinked; else *as_file becomes false. In a program there may be a breakpoint on
 * it.
 */
uint32_t scrt_site_begin(const struct scrt_module *m, uint32_t record, uint32_t number,
			 bool *as_file);

/*
 * The site of this number, of a record that is prelinked to aim, as linked: what has to be
 * written in the place of which form, and where. False if it holds another one.
 */
bool scrt_site_withdrawn(const struct scrt_module *m, uint32_t record, uint32_t number,
			 struct scrt_aim aim, uintptr_t *address, uint64_t *old, uint64_t *wanted);

/*
 * Is the site number order[k], of this record, right if the key holds target: does it
 * lead there, or where it leads as linked? True of a breakpoint on a site if it can hide
 * nothing else.
 */
bool scrt_site_right(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target);

/* Is there a form of the site for this target, other than that as linked? */
bool scrt_site_direct(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target);

/*
 * Is each patchable site of the record at from, at to, or as linked? Widen the module's
 * patch_lo and patch_hi to those that can and have to be moved to to. 0, or the error of
 * the first that cannot: -EILSEQ: it holds something else; -ETXTBSY: there is a
 * breakpoint on it that may hide what would be wrong then.
 */
int scrt_sites_check(struct scrt_module *m, uint32_t record, struct scrt_aim from,
		     struct scrt_aim to);

/*
 * Let the sites that are at from, or as linked, lead to to; others are left alone, and
 * the error of the first of them is returned.
 */
int scrt_sites_move(struct scrt_module *m, uint32_t record, struct scrt_aim from,
		    struct scrt_aim to);

/*
 * Is each patchable site of the record at to, or as right: where a breakpoint left it, or as
 * linked? Only for ports with several rounds.
 */
bool scrt_sites_right(struct scrt_module *m, uint32_t record, struct scrt_aim from,
		      struct scrt_aim to);

/* All fields but .name. */
void scrt_site_info(const struct scrt_module *m, uint32_t record, uint32_t k, uintptr_t target,
		    struct static_call_key_site_info *info);

#pragma GCC visibility pop

#endif /* STATIC_CALL_SITES_H */
