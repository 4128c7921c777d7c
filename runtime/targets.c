// SPDX-License-Identifier: MIT
/*
 * targets.c - clobber sets at run time: a key whose calls keep values in registers
 * that the ABI's calls may change accepts only functions that are known to keep them.
 *
 * What is known stands in the modules' tables of targets. They are short, and updates
 * of such keys rare, so they are searched from end to end.
 */
#include "targets.h"

static const struct static_call_key_target *targets_of(const struct static_call_key_module *d)
{
	return (const struct static_call_key_target *)(uintptr_t)d->targets_start;
}

static size_t targets_count(const struct static_call_key_module *d)
{
	return (d->targets_stop - d->targets_start) / STATIC_CALL_KEY_TARGET_SIZE;
}

bool scrt_targets_ok(const struct static_call_key_module *d)
{
	const struct static_call_key_target *t = targets_of(d);
	size_t i;

	for (i = 0; i < targets_count(d); i++)
		if (!(t[i].clobbers[1] & STATIC_CALL_KEY_CLOBBERS_KNOWN) || t[i].reserved)
			return false;
	return true;
}

static bool targets_part_of(const uint64_t a[2], const uint64_t b[2])
{
	return !(a[0] & ~b[0]) && !(a[1] & ~b[1]);
}

int scrt_target_check(const struct scrt_registry *reg, const struct scrt_ref *ref, uintptr_t target)
{
	const struct static_call_key_record *r = &ref->module->records[ref->record];
	size_t i, k;

	if (!(r->clobbers[0] | r->clobbers[1]) || !target)
		return 0;
	for (i = 0; i < reg->nmodules; i++) {
		const struct static_call_key_module *d = reg->modules[i]->desc;

		for (k = 0; k < targets_count(d); k++)
			if (targets_of(d)[k].target == target &&
			    targets_part_of(targets_of(d)[k].clobbers, r->clobbers))
				return 0;
	}
	return -EOPNOTSUPP;
}
