/* SPDX-License-Identifier: MIT */
/*
 * x86_64-block.h - the code to which the sites of learned dynamic calls lead: bytes in, bytes
 * out. It looks at no module and no system.
 *
 * A block compares the target, which is in %r10, with the frequent ones, and jumps to them
 * directly. Any other goes the way that it went before, and is counted:
 *
 *	lea t(%rip), %r11 ; cmp %r11, %r10 ; je t	for each; below 2 GiB instead of these two
 *	...						cmp $t, %r10
 *	subl $1, budget(%rip) ; js 1f
 *	jmp *%r10					or jmp plain, if that is a thunk
 *	1: lea id(%rip), %r11 ; jmp entry_known		the runtime sees to it
 *
 * So a block is right whatever it is compared with, and whoever is led to it by a site of this
 * state: a stale one is only slower. What is changed, %r11 and the flags, no call keeps.
 *
 * A block of a state whose targets are too many has no comparisons, and is a jump to %r10 of
 * the site's own: processors predict it by itself.
 *
 * If calls are to be counted, each way begins with incq: in the place of je t
 *
 *	jne 1f ; incq hits(%rip) ; jmp t ; 1:
 */
#ifndef STATIC_CALL_X86_64_BLOCK_H
#define STATIC_CALL_X86_64_BLOCK_H

#include "port-types.h"

#define SCRT_BLOCK_TARGETS 6
#define SCRT_BLOCK_MAX     192 /* bytes, of the longest */
#define SCRT_BLOCK_ALIGN   16
#define SCRT_BLOCK_LINE    64

struct scrt_block {
	uintptr_t target[SCRT_BLOCK_TARGETS];
	unsigned int n;
	uintptr_t plain;  /* code that jumps to %r10 */
	uintptr_t known;  /* of the module, */
	uintptr_t id;     /* ... which wants this in %r11 */
	uintptr_t budget; /* of an int: how many misses are not looked at; 0: of none ever */
	uintptr_t hits;   /* of uint64_t[SCRT_BLOCK_TARGETS + 1], the last one for misses; or 0 */
};

/* Code that is being written: where it is, and where it will be executed. */
struct scrt_code_at {
	uint8_t *to;
	uintptr_t at;
};

static inline void scrt_code_byte(struct scrt_code_at *c, unsigned int byte)
{
	*c->to++ = byte;
	c->at++;
}

static inline void scrt_code_bytes(struct scrt_code_at *c, uint64_t bytes, unsigned int n)
{
	for (; n; n--, bytes >>= 8)
		scrt_code_byte(c, bytes & 0xff);
}

/* Four bytes that lead to address, of an instruction that ends left bytes behind them. */
static inline void scrt_code_relative(struct scrt_code_at *c, uintptr_t address, unsigned int left)
{
	scrt_code_bytes(c, (uint32_t)(address - (c->at + 4 + left)), 4);
}

static inline void scrt_code_jmp(struct scrt_code_at *c, uintptr_t address)
{
	scrt_code_byte(c, 0xe9);
	scrt_code_relative(c, address, 0);
}

/* lea address(%rip), %r11 */
static inline void scrt_code_lea(struct scrt_code_at *c, uintptr_t address)
{
	scrt_code_bytes(c, 0x1d8d4c, 3);
	scrt_code_relative(c, address, 0);
}

/* incq address(%rip) */
static inline void scrt_code_inc(struct scrt_code_at *c, uintptr_t address)
{
	scrt_code_bytes(c, 0x05ff48, 3);
	scrt_code_relative(c, address, 0);
}

/*
 * How many bytes does an indirect jump have that does all of what this code does? 0: it is
 * a thunk, which is not to be replaced. [notrack] jmp *%r10
 */
static inline unsigned int scrt_plain_jump(const uint8_t *plain)
{
	unsigned int prefix = plain[0] == 0x3e;

	if (plain[prefix] != 0x41 || plain[prefix + 1] != 0xff || plain[prefix + 2] != 0xe2)
		return 0;
	return prefix + 3;
}

/* A jump to %r10; what is behind it is never executed, nor speculated to. */
static inline void scrt_code_plain(struct scrt_code_at *c, uintptr_t plain)
{
	const uint8_t *code = (const uint8_t *)plain;
	unsigned int i, length = scrt_plain_jump(code);

	if (!length) {
		scrt_code_jmp(c, plain);
		return;
	}
	for (i = 0; i < length; i++)
		scrt_code_byte(c, code[i]);
	scrt_code_byte(c, 0xcc);
}

static inline void scrt_code_compare(struct scrt_code_at *c, uintptr_t target)
{
	if (target <= INT32_MAX) {
		scrt_code_bytes(c, 0xfa8149, 3);
		scrt_code_bytes(c, target, 4);
		return;
	}
	scrt_code_lea(c, target);
	scrt_code_bytes(c, 0xda394d, 3);
}

/* Write a block that will be executed at this address; how many bytes it has. */
static inline size_t scrt_block_write(uint8_t *to, uintptr_t at, const struct scrt_block *b)
{
	struct scrt_code_at c = { to, at };
	unsigned int i;

	for (i = 0; i < b->n; i++) {
		scrt_code_compare(&c, b->target[i]);
		if (b->hits) {
			scrt_code_bytes(&c, 0x0c75, 2);
			scrt_code_inc(&c, b->hits + i * 8);
			scrt_code_jmp(&c, b->target[i]);
		} else {
			scrt_code_bytes(&c, 0x840f, 2);
			scrt_code_relative(&c, b->target[i], 0);
		}
	}
	if (b->hits)
		scrt_code_inc(&c, b->hits + SCRT_BLOCK_TARGETS * 8);
	if (b->budget) {
		scrt_code_bytes(&c, 0x2d83, 2);
		scrt_code_relative(&c, b->budget, 1);
		scrt_code_byte(&c, 1);
		scrt_code_bytes(&c, 0x0078, 2);
		to = c.to;
	}
	scrt_code_plain(&c, b->plain);
	if (b->budget) {
		to[-1] = c.to - to;
		scrt_code_lea(&c, b->id);
		scrt_code_jmp(&c, b->known);
	}
	return c.at - at;
}

/* Where a block may begin that is written at or behind this address. */
static inline uintptr_t scrt_block_start(uintptr_t at, size_t bytes)
{
	at = (at + SCRT_BLOCK_ALIGN - 1) & ~(uintptr_t)(SCRT_BLOCK_ALIGN - 1);
	if (bytes <= SCRT_BLOCK_LINE && at % SCRT_BLOCK_LINE + bytes > SCRT_BLOCK_LINE)
		at = (at + SCRT_BLOCK_LINE - 1) & ~(uintptr_t)(SCRT_BLOCK_LINE - 1);
	return at;
}

static inline uintptr_t scrt_code_leads(const uint8_t *displacement)
{
	uint32_t d = displacement[0] | displacement[1] << 8 | displacement[2] << 16 |
		     (uint32_t)displacement[3] << 24;

	return (uintptr_t)displacement + 4 + (ptrdiff_t)(int32_t)d;
}

/* What the block that is in memory here compares with; how many these are. */
static inline unsigned int scrt_block_read(const uint8_t *code,
					   uintptr_t target[SCRT_BLOCK_TARGETS])
{
	unsigned int n;

	for (n = 0; n < SCRT_BLOCK_TARGETS; n++) {
		if (code[0] == 0x49 && code[1] == 0x81 && code[2] == 0xfa) {
			target[n] = scrt_code_leads(code + 3) - (uintptr_t)(code + 7);
			code += 7;
		} else if (code[0] == 0x4c && code[1] == 0x8d && code[7] == 0x4d &&
			   code[8] == 0x39) {
			target[n] = scrt_code_leads(code + 3);
			code += 10;
		} else {
			break;
		}
		code += code[0] == 0x75 ? 14 : 6;
	}
	return n;
}

#define SCRT_CODE_TELLS_BYTES 16

/*
 * Is this code of a module, so many bytes at most, that does no more than to tell who calls:
 * [endbr64 ;] lea id(%rip), %r11 and a jump to known?
 */
static inline bool scrt_code_tells(const uint8_t *code, uintptr_t id, uintptr_t known)
{
	if (code[0] == 0xf3 && code[1] == 0x0f && code[2] == 0x1e && code[3] == 0xfa)
		code += 4;
	if (code[0] != 0x4c || code[1] != 0x8d || code[2] != 0x1d ||
	    scrt_code_leads(code + 3) != id)
		return false;
	if (code[7] == 0xe9)
		return scrt_code_leads(code + 8) == known;
	return code[7] == 0xeb && (uintptr_t)(code + 9) + (ptrdiff_t)(int8_t)code[8] == known;
}

/*
 * What .learn of a module leads to: endbr64 ; lea data(%rip), %r11 ; jmp entry, by way of the
 * word at far if that is not 0. How many bytes it has.
 */
static inline size_t scrt_learn_stub_write(uint8_t *to, uintptr_t at, uintptr_t data,
					   uintptr_t entry, uintptr_t far)
{
	struct scrt_code_at c = { to, at };

	scrt_code_bytes(&c, 0xfa1e0ff3, 4);
	scrt_code_lea(&c, data);
	if (far) {
		scrt_code_bytes(&c, 0x25ff, 2);
		scrt_code_relative(&c, far, 0);
		scrt_code_byte(&c, 0xcc);
	} else {
		scrt_code_jmp(&c, entry);
	}
	return c.at - at;
}

#endif /* STATIC_CALL_X86_64_BLOCK_H */
