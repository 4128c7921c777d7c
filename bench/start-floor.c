/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * start-floor.c - the start of a program with keys, by hand, in the place of the runtime:
 * read the table of sites, and lead each to what its key holds, by the protocol of
 * floor.h; and back at the end. Nothing is checked or remembered.
 */
#include "floor.h"

#include <static_call.h>
#include <static_call_abi.h>
#include <stdlib.h>

extern const struct static_call_key_site __start_static_call_key_sites[];
extern const struct static_call_key_site __stop_static_call_key_sites[];

static uintptr_t relative(const int32_t *field)
{
	return (uintptr_t)field + *field;
}

/* The sites of the benchmark are calls, no tail calls, and ascend. */
static void lead(const struct static_call_key_site *e, int to_key)
{
	uintptr_t site = relative(&e->site);
	const struct static_call_key_record *record =
		(const void *)(relative(&e->record) & ~(uintptr_t)STATIC_CALL_KEY_SITE_FLAGS);
	uintptr_t to = to_key ? *(uintptr_t *)record->key : relative(&record->trampoline);
	uint64_t form = 0xe8 | (uint64_t)(uint32_t)(to - (site + 5)) << 8;
	uint64_t *word = (uint64_t *)(site & ~7ul), old = *(volatile uint64_t *)word;
	unsigned int shift = (site & 7) * 8;

	__atomic_compare_exchange_n(word, &old, (old & ~(0xffffffffffull << shift)) | form << shift,
				    0, __ATOMIC_RELEASE, __ATOMIC_RELAXED);
}

static void lead_all(int to_keys)
{
	const struct static_call_key_site *e = __start_static_call_key_sites,
					  *end = __stop_static_call_key_sites;
	uintptr_t lo, hi;

	/* What lies before the end is no part of that symbol, as the compiler sees it. */
	__asm__("" : "+r"(end));
	lo = relative(&e->site) & ~4095ul;
	hi = (relative(&end[-1].site) + 4096 + 8) & ~4095ul;

	if (mprotect((void *)lo, hi - lo, PROT_READ | PROT_WRITE | PROT_EXEC))
		abort();
	/* Every page has sites: they are copied in one go. */
	if (to_keys)
		madvise((void *)lo, hi - lo, MADV_POPULATE_WRITE);
	for (; e < end; e++)
		lead(e, to_keys);
	if (mprotect((void *)lo, hi - lo, PROT_READ | PROT_EXEC) || floor_barrier())
		abort();
}

__attribute__((constructor)) static void start(void)
{
	if (floor_begin())
		abort();
	lead_all(1);
}

__attribute__((destructor)) static void end(void)
{
	lead_all(0);
}
