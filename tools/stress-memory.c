// SPDX-License-Identifier: GPL-2.0-or-later
/* Memory for code, and what sites lead to. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "stress.h"

#define FARTHEST 0x40000000ul
#define LINE     64
#define BREAK    0xcc /* int3 */

static uint8_t *part(uint8_t *at)
{
	if (mprotect(at, STRESS_PART, PROT_READ | PROT_WRITE | PROT_EXEC))
		return NULL;
	/* Who is led elsewhere is noticed. */
	memset(at, BREAK, STRESS_PART);
	return at;
}

int stress_memory(struct stress_memory *m)
{
	size_t size = FARTHEST;
	uint8_t *all;

	do {
		all = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
			   0);
		size /= 2;
	} while (all == MAP_FAILED && size >= 4 * STRESS_PART);
	if (all == MAP_FAILED)
		return -errno;
	m->low = m->next_low = part(all);
	m->middle = m->next_middle = part(all + size);
	m->high = m->next_high = part(all + 2 * size - STRESS_PART);
	return m->low && m->middle && m->high ? 0 : -errno;
}

uintptr_t stress_bytes(uint8_t **next, const void *bytes, size_t n)
{
	uint8_t *at = *next;

	memcpy(at, bytes, n);
	/* Not each at the start of a line, so that all bytes of displacements differ. */
	*next = at + n + 0x35;
	return (uintptr_t)at;
}

uintptr_t stress_target(uint8_t **next, uint32_t cookie)
{
	/* mov $cookie, %eax; mov %r11, %rdx; ret */
	uint8_t code[] = { 0xb8, 0, 0, 0, 0, 0x4c, 0x89, 0xda, 0xc3 };

	memcpy(code + 1, &cookie, sizeof(cookie));
	return stress_bytes(next, code, sizeof(code));
}

struct stress_place *stress_place(struct stress_memory *m, struct stress_place *place,
				  const char *kind, unsigned int offset)
{
	/* nopl 0(%rax) */
	static const uint8_t lead[STRESS_LEAD] = { 0x0f, 0x1f, 0x40, 0x00 };
	uintptr_t line = ((uintptr_t)m->next_middle + 2 * LINE - 1) & ~(uintptr_t)(LINE - 1);

	memset(place, 0, sizeof(*place));
	place->kind = kind;
	place->site = line + offset;
	place->store = scrt_form_replace;
	memcpy((void *)(place->site - STRESS_LEAD), lead, sizeof(lead));
	/* What follows the site is for the caller to write. */
	m->next_middle = (uint8_t *)line + 3 * LINE;
	return place;
}

void stress_add(struct stress_place *p, const char *name, uint64_t bytes, uint64_t rax,
		uint64_t rdx)
{
	p->form[p->forms++] = (struct stress_form){ name, bytes, { rax, rdx, 0 } };
}

/* 0 1 0 2 0 3 1 2 1 3 2 3, and from the start again: each pair, in both orders. */
static void make_order(struct stress_place *p)
{
	unsigned int i, k;

	for (i = 0; i < p->forms; i++)
		for (k = i + 1; k < p->forms; k++) {
			p->order[p->round++] = (uint8_t)i;
			p->order[p->round++] = (uint8_t)k;
		}
}

void stress_ready(struct stress_place *p)
{
	make_order(p);
	memcpy((void *)p->site, &p->form[p->order[0]].bytes, SCRT_SITE_BYTES);
}
