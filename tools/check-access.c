// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Instructions that store to memory, or take an address, in the forms in which a compiler
 * names a variable:
 *
 *	89 /r, c7 /0 imm32, 87 /r		mov and xchg to memory
 *	0f 11, 13, 17, 29, 2b, 7f, d6, e7 /r	vectors to memory, also with VEX and EVEX
 *	0f b1, c1, c7 /r			cmpxchg, xadd, cmpxchg16b
 *	8d /r					lea
 *	8b /r					mov from the global offset table, perhaps
 *	b8+r imm32, c7 /0 imm32			the address as a number, not in PIC
 *
 * with the operand at %rip or, not in PIC, at an absolute address with an index.
 */
#include "static_call-check.h"

enum prefix { PREFIX_NONE, PREFIX_66, PREFIX_F3, PREFIX_F2 }; /* as VEX and EVEX number them */

/*
 * How many bytes an instruction of the 0f map stores from a register of such a size, or 0. Of the
 * first, movups, the prefixes make movss and movsd.
 */
static uint64_t vector_store(unsigned char opcode, uint64_t width, unsigned int prefix)
{
	switch (opcode) {
	case 0x11:
		return prefix == PREFIX_F3 ? 4 : prefix == PREFIX_F2 ? 8 : width;
	case 0x29:
	case 0x2b:
	case 0x7f:
	case 0xe7:
		return width;
	case 0x13:
	case 0x17:
	case 0xd6:
		return 8;
	default:
		return 0;
	}
}

/* The operand of a ModRM byte that stands so far from the opcode; false if it is no such. */
static bool memory_operand(const unsigned char *p, unsigned int modrm, bool fixed,
			   struct operand *o)
{
	unsigned char mod = p[modrm] >> 6, rm = p[modrm] & 7;

	o->at = modrm + 1;
	if (mod == 0 && rm == 5) {
		o->absolute = false;
	} else if (fixed && rm == 4 && (mod == 2 || (mod == 0 && (p[modrm + 1] & 7) == 5))) {
		o->absolute = o->indexed = true;
		o->at++;
	} else if (fixed && mod == 2) {
		o->absolute = o->indexed = true;
	} else {
		return false;
	}
	o->end = o->at + 4;
	return true;
}

/* mov, cmp of memory at an address and an offset: its ModRM byte may look like an opcode. */
static bool before_modrm(unsigned char opcode)
{
	return opcode == 0x8b || opcode == 0x3b || opcode == 0x39;
}

/* The prefix that is part of an opcode: in front of it, or of the REX prefix there. */
static enum prefix prefix_before(const unsigned char *p)
{
	unsigned char prefix = (p[-1] & 0xf0) == 0x40 ? p[-2] : p[-1];

	return prefix == 0xf3 ? PREFIX_F3 : prefix == 0xf2 ? PREFIX_F2 : PREFIX_NONE;
}

/* The opcodes of two and more bytes. */
static bool decode_long(const unsigned char *p, bool fixed, struct operand *o)
{
	switch (p[0]) {
	case 0x0f:
		if (p[1] == 0xc7)
			o->size = 16;
		else if (p[1] != 0xb1 && p[1] != 0xc1)
			o->size = vector_store(p[1], 16, prefix_before(p));
		return o->size && memory_operand(p, 2, fixed, o);
	case 0xc5:
		o->size = vector_store(p[2], p[1] & 4 ? 32 : 16, p[1] & 3);
		return o->size && memory_operand(p, 3, fixed, o);
	case 0xc4:
		o->size = vector_store(p[3], p[2] & 4 ? 32 : 16, p[2] & 3);
		return o->size && memory_operand(p, 4, fixed, o);
	case 0x62:
		o->size = vector_store(p[4], 16u << (p[3] >> 5 & 3), p[2] & 3);
		return o->size && memory_operand(p, 5, fixed, o);
	default:
		return false;
	}
}

/*
 * What follows an instruction that puts an address into this register: a comparison with another
 * one, cmp of 64 bits?
 */
static bool is_compared(const unsigned char *p, unsigned int reg)
{
	return (p[0] & 0xf8) == 0x48 && (p[1] == 0x39 || p[1] == 0x3b) && p[2] >> 6 == 3 &&
	       (reg == ((p[2] >> 3 & 7u) | (p[0] & 4u) << 1) ||
		reg == ((p[2] & 7u) | (p[0] & 1u) << 3));
}

bool decode_access(const unsigned char *p, bool rex_w, bool fixed, struct operand *o)
{
	o->access = STORE;
	o->size = rex_w ? 8 : 4;
	switch (p[0]) {
	case 0x87:
	case 0x89:
		return memory_operand(p, 1, fixed, o);
	case 0xc7:
		if (fixed && rex_w && (p[1] & 0xf8) == 0xc0) {
			o->access = ADDRESS;
			o->absolute = true;
			o->at = 2;
			o->end = 6;
			o->compared = is_compared(p + 6, (p[1] & 7u) | (p[-1] & 1u) << 3);
			return true;
		}
		if ((p[1] & 0x38) != 0 || !memory_operand(p, 1, fixed, o))
			return false;
		o->end += 4;
		return true;
	case 0x8b:
		o->access = SLOT;
		return rex_w && memory_operand(p, 1, false, o);
	case 0x8d:
		o->access = ADDRESS;
		if (!rex_w || !memory_operand(p, 1, fixed, o))
			return false;
		o->compared = is_compared(p + o->end, (p[1] >> 3 & 7u) | (p[-1] & 4u) << 1);
		return true;
	case 0xb8 ... 0xbf:
		o->access = ADDRESS;
		o->absolute = true;
		o->at = 1;
		o->end = 5;
		o->compared = is_compared(p + 5, (p[0] & 7u) | (p[-1] == 0x41 ? 8 : 0));
		return fixed && !rex_w && !before_modrm(p[-1]);
	default:
		return decode_long(p, fixed, o);
	}
}

/* By any four bytes that are the distance to it, or its address. */
bool function_refers(const struct image *image, uint64_t addr, uint64_t low, uint64_t high)
{
	const struct symbol *function = image_symbol(image, addr);
	const struct region *region = image_region(image, addr, 1);
	uint64_t at, end;
	unsigned int behind;

	if (!function || !region || !region->data)
		return false;
	end = function->addr + (function->size ? function->size : addr - function->addr + 1);
	if (end > region->addr + region->size)
		end = region->addr + region->size;
	for (at = function->addr; at + 4 <= end; at++) {
		const unsigned char *p = region->data + (at - region->addr);

		if (get32(p) >= low && get32(p) < high)
			return true;
		/* What follows the distance: nothing, or a number of one, two or four bytes. */
		for (behind = 4; behind <= 8; behind++)
			if (follow(p, at + behind) >= low && follow(p, at + behind) < high)
				return true;
	}
	return false;
}
