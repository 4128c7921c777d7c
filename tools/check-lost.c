// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Do the tables name every site? That is answered from the code: a direct call of a
 * trampoline that no entry names would never be retargeted.
 */
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"

#define TRAMPOLINE_PREFIX "static_call_key_trampoline"

static int numbers(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static bool has_number(const uint64_t *sorted, size_t n, uint64_t wanted)
{
	return n && bsearch(&wanted, sorted, n, sizeof(*sorted), numbers);
}

static bool has_site(const struct tables *t, uint64_t addr)
{
	size_t low = 0, high = t->n_sites;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->sites[middle].addr < addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->n_sites && t->sites[low].addr == addr;
}

/*
 * gold fills a gap between sections with a jmp over zeros or one-byte nops, and the
 * next section may be a trampoline. An assembler that pads with so many nops takes
 * longer ones.
 */
#define GOLD_NOPS 8

static bool is_fill(const unsigned char *p, uint64_t left)
{
	uint64_t i, length = get32(p + 1);
	unsigned char fill;

	if (*p != 0xe9 || length > left - CALL_SIZE)
		return false;
	fill = length >= GOLD_NOPS && p[CALL_SIZE] == 0x90 ? 0x90 : 0;
	for (i = 0; i < length; i++)
		if (p[CALL_SIZE + i] != fill)
			return false;
	return true;
}

/*
 * Is this byte the displacement of a mov, lea, cmp and the like, as in
 * mov %rdi, -0x18(%rbp)? What follows it, a mov $small, %eax, may look like the
 * distance of a call. Or the first of that of cmpq $0, 0x41e9(%rip), which goes on so itself.
 */
static bool is_displacement(const unsigned char *p, uint64_t before)
{
	if (before < 2)
		return false;
	/* Neither one of a byte, without a SIB byte, nor one from the next instruction. */
	if ((p[-1] >> 6 != 1 || (p[-1] & 7) == 4) && (p[-1] & 0xc7) != 5)
		return false;
	switch (p[-2]) {
	case 0x38 ... 0x3b:
	case 0x80:
	case 0x81:
	case 0x83:
	case 0x88 ... 0x8b:
	case 0x8d:
	case 0xc6:
	case 0xc7:
		return true;
	default:
		return false;
	}
}

/*
 * Look at every byte, not at every instruction: that cannot lose its way. Four
 * bytes that happen to spell the distance to a trampoline are very unlikely,
 * but where the distance is small.
 */
static void scan_code(struct tables *t, const struct image *image, const uint64_t *trampolines,
		      size_t n)
{
	size_t i;
	uint64_t k;

	for (i = 0; i < image->n_regions; i++) {
		const struct region *region = &image->regions[i];

		if (!region->exec || !region->data)
			continue;
		for (k = 0; k + CALL_SIZE <= region->size; k++) {
			const unsigned char *p = region->data + k;
			uint64_t addr = region->addr + k;
			bool jcc = (*p & 0xf0) == 0x80 && k && p[-1] == 0x0f;

			const char *what = jcc ? "conditional jump" : *p & 1 ? "jmp" : "call";

			if ((*p & 0xfe) != 0xe8 && !jcc)
				continue;
			if (!has_number(trampolines, n, follow(p + 1, addr + CALL_SIZE)))
				continue;
			if (!jcc && (has_site(t, addr) || is_fill(p, region->size - k) ||
				     is_displacement(p, k)))
				continue;
			problem(t, addr - jcc, "lost: a %s to a trampoline that is in no table",
				what);
		}
	}
}

void check_none_lost(struct tables *t, const struct image *image)
{
	uint64_t *trampolines = xcalloc(t->n_records + image->n_symbols, sizeof(*trampolines));
	size_t i, n = 0;

	for (i = 0; i < t->n_records; i++)
		if (t->records[i].usable)
			trampolines[n++] = t->records[i].trampoline;
	/* Also those whose records the linker dropped. */
	for (i = 0; i < image->n_symbols; i++)
		if (!strncmp(image->symbols[i].name, TRAMPOLINE_PREFIX, strlen(TRAMPOLINE_PREFIX)))
			trampolines[n++] = image->symbols[i].addr;
	qsort(trampolines, n, sizeof(*trampolines), numbers);
	if (n)
		scan_code(t, image, trampolines, n);
	free(trampolines);
}
