/* SPDX-License-Identifier: MIT */
/*
 * x86_64-block.h - the code to which the sites of learned dynamic calls lead: bytes in, bytes
 * out. It looks at no module and no system.
 *
 * A block compares the target, which is in %r10, with the frequent ones, and jumps to them
 * directly. Any other goes the way that it went before, and is counted:
 *
 *	lea t(%rip), %r11 ; cmp %r11, %r10 ; je t	for each; in the lowest or highest 2 GiB
 *	...						instead of these two cmp $t, %r10; the
 *							others begin with cs cs
 *	subl $1, budget(%rip) ; js 1f
 *	jmp *%r10					or jmp plain, if that is a thunk
 *	1: lea id(%rip), %r11 ; jmp entry_known		the runtime sees to it
 *
 * A call that has had one target, and hardly ever another, gets less. Each miss is told to the
 * runtime, which knows the site by the return address: so all such calls of t share one block,
 * and where there are many sites, this is what keeps them quick. The unlikely way is the
 * branch, as a processor that has not met it goes straight on.
 *
 *	lea t(%rip), %r11 ; cmp %r11, %r10
 *	jne entry
 *	jmp t
 *
 * Where a site cannot be known so, of a tail call or a state with a name, the block is its own:
 *
 *	jne 1f ; jmp t ; 1: lea id(%rip), %r11 ; jmp entry_known
 *
 * So a block is right whatever it is compared with, and whoever is led to it by a site of this
 * state: a stale one is only slower. What is changed, %r11 and the flags, no call keeps.
 *
 * Where processors may predict indirect jumps, a site that is not worth a block is one again,
 * in its five bytes, which is what the call is without all this: the prefixes are ignored.
 *
 *	2e 2e 41 ff d2		call *%r10
 *	2e 2e 41 ff e2		jmp *%r10
 *
 * That begins with other bytes than the file's (see sites.c on breakpoints). Where it may not
 * be, a block without comparisons is a jump to %r10 of the site's own.
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
#define SCRT_BLOCK_HALF    32 /* of what processors fetch and keep decoded, none crosses less */

/* call *%r10, jmp *%r10 */
#define SCRT_FORM_CALL_R10 0xd2ff412e2eull
#define SCRT_FORM_JMP_R10  0xe2ff412e2eull

struct scrt_block {
	uintptr_t target[SCRT_BLOCK_TARGETS];
	unsigned int n;
	uintptr_t plain;  /* code that jumps to %r10 */
	uintptr_t known;  /* of the module, */
	uintptr_t id;     /* ... which wants this in %r11 */
	uintptr_t budget; /* of an int: how many misses are not looked at; 0: of none ever */
	uintptr_t hits;   /* of uint64_t[SCRT_BLOCK_TARGETS + 1], the last one for misses; or 0 */
};

/* The block of calls that have one target. */
struct scrt_single {
	uintptr_t target;
	uintptr_t entry; /* of the module, knows sites by their return addresses; or 0: */
	uintptr_t known; /* ... this wants the id in %r11 */
	uintptr_t id;
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

/*
 * May a site be such a jump itself? Not if calls have to be marked for the processor; nor a
 * tail call where no jump may be followed by other code (-mharden-sls).
 */
static inline bool scrt_plain_in_site(const uint8_t *plain, bool tail)
{
	return scrt_plain_jump(plain) == 3 && !(tail && plain[3] == 0xcc);
}

static inline bool scrt_code_is_low(uintptr_t target)
{
	return (ptrdiff_t)target == (int32_t)target;
}

/*
 * In front of a comparison that is not the first: prefixes that do nothing (%cs). Without them the
 * branches are 16 bytes apart, and a processor has been seen to guess two targets that alternate
 * as if they came at random, depending on where these were, and to know patterns of one or two
 * thousand calls less often than with any distance that has two bits. That of the short
 * comparison is 13.
 *
 * What processors remember of the way that led to a branch are low bits of the addresses of
 * branches that were taken, and of where these led, shifted and added: H. Yavarzadeh et al.,
 * Half&Half, IEEE Symposium on Security and Privacy 2023.
 */
static inline void scrt_code_apart(struct scrt_code_at *c, uintptr_t target)
{
	if (!scrt_code_is_low(target))
		scrt_code_bytes(c, 0x2e2e, 2);
}

static inline void scrt_code_compare(struct scrt_code_at *c, uintptr_t target)
{
	if (scrt_code_is_low(target)) {
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
		if (i)
			scrt_code_apart(&c, b->target[i]);
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

static inline size_t scrt_single_write(uint8_t *to, uintptr_t at, const struct scrt_single *b)
{
	struct scrt_code_at c = { to, at };

	scrt_code_compare(&c, b->target);
	if (b->entry) {
		scrt_code_bytes(&c, 0x850f, 2);
		scrt_code_relative(&c, b->entry, 0);
	} else {
		scrt_code_bytes(&c, 0x0575, 2);
	}
	scrt_code_jmp(&c, b->target);
	if (!b->entry) {
		scrt_code_lea(&c, b->id);
		scrt_code_jmp(&c, b->known);
	}
	return c.at - at;
}

static inline uintptr_t scrt_block_align(uintptr_t at, uintptr_t to)
{
	return (at + to - 1) & ~(to - 1);
}

/* Where a block may begin that is written at or behind this address. */
static inline uintptr_t scrt_block_start(uintptr_t at, size_t bytes)
{
	uintptr_t line = bytes <= SCRT_BLOCK_HALF ? SCRT_BLOCK_HALF : SCRT_BLOCK_LINE;

	at = scrt_block_align(at, SCRT_BLOCK_ALIGN);
	if (bytes <= line && at % line + bytes > line)
		at = scrt_block_align(at, line);
	return at;
}

static inline uintptr_t scrt_code_leads(const uint8_t *displacement)
{
	uint32_t d = displacement[0] | displacement[1] << 8 | displacement[2] << 16 |
		     (uint32_t)displacement[3] << 24;

	return (uintptr_t)displacement + 4 + (ptrdiff_t)(int32_t)d;
}

/* What is compared with here; how many bytes do so, 0: nothing is. */
static inline unsigned int scrt_compare_read(const uint8_t *code, uintptr_t *target)
{
	unsigned int prefix = code[0] == 0x2e && code[1] == 0x2e ? 2 : 0;

	code += prefix;
	if (code[0] == 0x49 && code[1] == 0x81 && code[2] == 0xfa) {
		*target = scrt_code_leads(code + 3) - (uintptr_t)(code + 7);
		return prefix + 7;
	}
	if (code[0] == 0x4c && code[1] == 0x8d && code[7] == 0x4d && code[8] == 0x39) {
		*target = scrt_code_leads(code + 3);
		return prefix + 10;
	}
	return 0;
}

/* Is this what stands behind the comparison of a block for one target? */
static inline bool scrt_single_branch(const uint8_t *code)
{
	return (code[0] == 0x0f && code[1] == 0x85) || (code[0] == 0x75 && code[1] == 0x05);
}

static inline bool scrt_block_is_single(const uint8_t *code)
{
	uintptr_t target;
	unsigned int compare = scrt_compare_read(code, &target);

	return compare && scrt_single_branch(code + compare);
}

/* What the block that is in memory here compares with; how many these are. */
static inline unsigned int scrt_block_read(const uint8_t *code,
					   uintptr_t target[SCRT_BLOCK_TARGETS])
{
	unsigned int n = 0, compare;

	while (n < SCRT_BLOCK_TARGETS && (compare = scrt_compare_read(code, &target[n]))) {
		code += compare;
		n++;
		if (scrt_single_branch(code))
			break;
		code += code[0] == 0x75 ? 14 : 6;
	}
	return n;
}

#define SCRT_CODE_TELLS_BYTES 16

/*
 * Is this code of a module, so many bytes at most, that does no more than to tell who calls:
 * [endbr64 ;] lea id(%rip), %r11 and a jump to known (0: wherever)?
 */
static inline bool scrt_code_tells(const uint8_t *code, uintptr_t id, uintptr_t known)
{
	if (code[0] == 0xf3 && code[1] == 0x0f && code[2] == 0x1e && code[3] == 0xfa)
		code += 4;
	if (code[0] != 0x4c || code[1] != 0x8d || code[2] != 0x1d ||
	    scrt_code_leads(code + 3) != id)
		return false;
	if (code[7] == 0xe9)
		return !known || scrt_code_leads(code + 8) == known;
	return code[7] == 0xeb &&
	       (!known || (uintptr_t)(code + 9) + (ptrdiff_t)(int8_t)code[8] == known);
}

/*
 * What .learn of a module leads to: endbr64 ; lea data(%rip), %r11, or mov $data, %r11, if that is
 * far ; jmp entry, by way of the word at far if that is not 0. How many bytes it has.
 */
#define SCRT_LEARN_STUB_MAX 24

static inline size_t scrt_learn_stub_write(uint8_t *to, uintptr_t at, uintptr_t data,
					   uintptr_t entry, uintptr_t far)
{
	struct scrt_code_at c = { to, at };

	scrt_code_bytes(&c, 0xfa1e0ff3, 4);
	if ((ptrdiff_t)(data - at) == (int32_t)(data - at)) {
		scrt_code_lea(&c, data);
	} else {
		scrt_code_bytes(&c, 0xbb49, 2);
		scrt_code_bytes(&c, data, 8);
	}
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
