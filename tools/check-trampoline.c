// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does a trampoline jump through the key that its record names? It begins with
 * one of these, as the plugin wrote it or as the linker relaxed it:
 *
 *	ff 25 rel32		jmp *key(%rip)
 *	4c 8b 1d rel32		mov key(%rip), %r11
 *	4c 8b 1d rel32 LOAD	mov var@GOTPCREL(%rip), %r11; mov offset(%r11), %r11
 *	4c 8d 1d rel32 LOAD	lea var(%rip), %r11; ...
 *	49 c7 c3 imm32 LOAD	mov $var, %r11; ...
 *
 * LOAD is 4d 8b 1b, 4d 8b 5b offset8 or 4d 8b 9b offset32. Where a clobber set leaves
 * out %r11, it is %rax or %r10.
 */
#include <string.h>

#include "static_call-check.h"

#define LONGEST_LOAD 7

/* Up to its je to the code for NULL: two loads, the second of them LOAD, and a test. */
#define LONGEST_HEAD (7 + LONGEST_LOAD + 3)

/* The register of a mov or lea from memory at %rip, or of a mov of a constant; or -1. */
static int loaded_register(const unsigned char *p)
{
	int reg;

	if ((p[0] == 0x48 || p[0] == 0x4c) && (p[1] == 0x8b || p[1] == 0x8d) &&
	    (p[2] & 0xc7) == 0x05)
		reg = (p[2] >> 3 & 7) + (p[0] == 0x4c ? 8 : 0);
	else if ((p[0] == 0x48 || p[0] == 0x49) && p[1] == 0xc7 && (p[2] & 0xf8) == 0xc0)
		reg = (p[2] & 7) + (p[0] == 0x49 ? 8 : 0);
	else
		return -1;
	return reg == 0 || reg == 10 || reg == 11 ? reg : -1;
}

/* The offset in a LOAD through and into the register; false if p is none. */
static bool load_offset(const unsigned char *p, int reg, int64_t *offset)
{
	if (p[0] != (reg < 8 ? 0x48 : 0x4d) || p[1] != 0x8b || (p[2] & 0x3f) != (reg & 7) * 9)
		return false;
	switch (p[2] >> 6) {
	case 0:
		*offset = 0;
		return true;
	case 1:
		*offset = (int8_t)p[3];
		return true;
	case 2:
		*offset = (int32_t)get32(p + 3);
		return true;
	default:
		return false;
	}
}

static bool is_key(const struct key *key, uint64_t addr)
{
	return !key->import && key->addr == addr;
}

/* The variable's address is in a word of the file, or will be put there. */
static bool is_key_via(const struct image *image, const struct key *key, uint64_t slot,
		       int64_t offset)
{
	const struct import *import = image_import(image, slot);
	const unsigned char *p = image_bytes(image, slot, 8);

	if (import)
		return key->import && !strcmp(import->symbol, key->import->symbol) &&
		       import->addend + offset == key->import->addend;
	return p && is_key(key, get64(p) + (uint64_t)offset);
}

bool trampoline_reads_key(const struct image *image, uint64_t addr, const struct key *key)
{
	const unsigned char *p = image_bytes(image, addr, 6);
	int64_t offset;
	uint64_t operand;
	int reg;

	/* In an object, what the linker has yet to fill in says nothing. */
	if (!p || (image->relocatable && (key->import || p[0] != 0xff)))
		return true;
	if (p[0] == 0xff && p[1] == 0x25)
		return key->import || is_key(key, follow(p + 2, addr + 6));

	p = image_bytes(image, addr, 7 + LONGEST_LOAD);
	reg = p ? loaded_register(p) : -1;
	if (reg < 0)
		return true;
	operand = follow(p + 3, addr + 7);
	if (p[1] == 0x8b)
		return is_key(key, operand) || (load_offset(p + 7, reg, &offset) &&
						is_key_via(image, key, operand, offset));
	if (!load_offset(p + 7, reg, &offset))
		return true;
	if (p[1] == 0x8d)
		return is_key(key, operand + (uint64_t)offset);
	return is_key(key, (uint64_t)(int32_t)get32(p + 3) + (uint64_t)offset);
}

/* Is there a je to dest at the trampoline's head? */
bool trampoline_branches_to(const struct image *image, uint64_t addr, uint64_t dest)
{
	uint64_t k;

	for (k = 0; k <= LONGEST_HEAD; k++) {
		const unsigned char *p = image_bytes(image, addr + k, 6);

		if (p && p[0] == 0x74 && addr + k + 2 + (uint64_t)(int64_t)(int8_t)p[1] == dest)
			return true;
		if (p && p[0] == 0x0f && p[1] == 0x84 && follow(p + 2, addr + k + 6) == dest)
			return true;
	}
	return false;
}
