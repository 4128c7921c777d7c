// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sites as the plugin makes none: what is known to be unsafe, on some processors at least. That
 * calls are seen to go wrong here says that they would have been seen elsewhere.
 */
#include <string.h>

#include "stress.h"

#define LINE 64

/*
 * Four bytes of which two lie before a boundary and two behind it: other processors may see one
 * half of them before the other.
 */
static bool store_displacement(uintptr_t site, uint64_t old, uint64_t wanted)
{
	typedef uint32_t __attribute__((aligned(1), may_alias)) unaligned_u32;

	(void)old;
	*(volatile unaligned_u32 *)(site + 1) = (uint32_t)(wanted >> 8);
	return true;
}

/* Their displacements differ in both halves, and half of one with half of the other leads to a third. */
static int across(struct stress_memory *m, struct stress_place *places, const char *kind,
		  unsigned int boundary)
{
	struct stress_place *p = stress_place(m, places, kind, boundary - 3);
	struct scrt_site site = { .address = p->site };
	uint8_t *base = m->middle + 0x8000, *at;
	uint32_t first;
	unsigned int i;

	/* Nothing may be carried from the lower half to the upper one. */
	do {
		base += 0x10;
		first = (uint32_t)((uintptr_t)base - (p->site + SCRT_SITE_BYTES));
	} while ((first & 0xffff) + 0x100 > 0xffff);
	for (i = 0; i < 4; i++) {
		at = base + (i & 1 ? 0x100 : 0) + (i & 2 ? 0x10000 : 0);
		stress_target(&at, STRESS_COOKIE(i));
	}
	*(uint8_t *)(p->site + SCRT_SITE_BYTES) = 0xc3;
	p->store = store_displacement;
	stress_add(p, "one target", scrt_branch(&site, (uintptr_t)base), STRESS_COOKIE(0),
		   STRESS_R11);
	stress_add(p, "another", scrt_branch(&site, (uintptr_t)base + 0x10100), STRESS_COOKIE(3),
		   STRESS_R11);
	stress_ready(p);
	return 1;
}

int stress_across_32(struct stress_memory *m, struct stress_place *places)
{
	return across(m, places, "a call across 32 bytes", 32);
}

int stress_across_64(struct stress_memory *m, struct stress_place *places)
{
	return across(m, places, "a call across 64 bytes", LINE);
}

/*
 * Two instructions become one, by the runtime's own store in one quadword, while a processor
 * stands between them: it goes on in the middle of the one. The first, cpuid, takes so long that some
 * do stand there.
 *
 *	0f a2		cpuid			b8 00 eb 10 cc	mov $0xcc10eb00, %eax
 *	0f 1f 00	nopl (%rax)		   from the third byte on: jmp to the end
 *	what both go on with
 *	the end
 */
int stress_two_instructions(struct stress_memory *m, struct stress_place *places)
{
	struct stress_place *p = stress_place(m, places, "two instructions", 16);
	uint8_t *at = (uint8_t *)p->site + SCRT_SITE_BYTES;

	stress_target(&at, STRESS_COOKIE(0));
	at = (uint8_t *)p->site + 4 + 0x10;
	stress_target(&at, STRESS_COOKIE(1));
	stress_add(p, "two", 0x001f0fa20full, STRESS_COOKIE(0), STRESS_R11);
	stress_add(p, "one", 0xcc10eb00b8ull, STRESS_COOKIE(0), STRESS_R11);
	stress_ready(p);
	return 1;
}
