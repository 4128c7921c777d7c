/* SPDX-License-Identifier: MIT */
/*
 * x86_64.h - the code of a call site: bytes in, bytes out. It looks at no key, no
 * module and no system; inline, for an update goes through it for each of its sites.
 *
 * A site is five bytes inside one aligned quadword, at all times one of
 *
 *	key holds		call			tail call
 *	------------------------------------------------------------------
 *	a body, in a program	the body		e9, as of a target
 *	  that does nothing	a9 (trampoline)		c3 (trampoline)
 *	  of a sealed key	the body		the body, c3
 *	target within 2 GiB	e8 rel32		e9 rel32
 *	another target		e8 to the trampoline	e9 to the trampoline
 *	NULL			e8 to the trampoline	e9 to the trampoline
 *	NULL, a no-op, in a program:
 *	  void			a9 (trampoline)		c3 (trampoline)
 *	  void, no bare ret	a9 (trampoline)		e9 to .null_code
 *	  value			e8 to .null_code	e9 to .null_code
 *	NULL, a no-op, in the kernel:
 *	  void			0f 1f 44 00 00		c3 cc cc cc cc
 *	  void, no bare ret	0f 1f 44 00 00		e9 to the trampoline
 *	  value			2e 2e 2e 31 c0		e9 to the trampoline
 *	  wide value		e8 to the trampoline	e9 to the trampoline
 *
 *	key holds		guard
 *	------------------------------------------------------------------
 *	a function inlined:
 *	  in what follows	a9 (slow path); in the kernel 0f 1f 44 00 00, or e9 to it
 *	  elsewhere		e9 to its code
 *	anything else		e9 to the slow path
 *
 * (a9 is test $imm32, %eax, which changes flags, as every call may; c3 is ret. Their
 * other four bytes mean nothing and are those of the branch to the trampoline, or to
 * the slow path. Who puts back the e9 of the file makes it that branch. No no-op of five
 * bytes leaves four of them free; of what does, push (68) moves the stack, mov (b8 to bf) needs a
 * register, and cmp (3d) is like test: each takes a slot where a no-op would not. The kernel's are
 * nopl 0(%rax,%rax,1); ret and int3 that is never reached; cs cs cs xor %eax,%eax. There calls of functions that it knows to do no more have the same
 * forms. A record without .null_code has the trampoline instead.)
 *
 * A body is the code of a target, but for its return, if that is one instruction which may
 * stand anywhere (x86_64-body.c): five bytes with prefixes 2e in front, which are ignored.
 *
 *	2e 2e 2e 2e fa		cli
 *	2e 2e 48 89 f8		mov %rdi, %rax
 *	b8 07 00 00 00		mov $7, %eax
 *	2e 2e 2e 31 c0		xor %eax, %eax
 *	2e 2e c6 07 00		movb $0, (%rdi)
 *	2e 2e 2e 9c 58		pushf; pop %rax: two, only in a sealed key
 *
 * Its four bytes are no displacement: where the file's first byte is put before them, there is
 * no code. See sites.c, on breakpoints.
 *
 * Processors that run through the site while it is stored to see one form or the other if
 * it does not leave its quadword, and if no form has a second instruction at which a
 * processor could stand when the form is replaced. That is why a value has no form of its
 * own in a tail call: xor, ret would be two instructions. Only a key that is sealed may have
 * such forms: they come, and never go. The call may have been made
 * already: it returns to the fifth byte after the site in every form.
 *
 * What that stands on:
 *
 *	AMD64 Architecture Programmer's Manual, vol. 2, 7.6.1, on cross-modifying code:
 *	processors may run through code while another one stores to it, without being
 *	synchronised, if the store lies in one naturally aligned quadword and puts one
 *	instruction, or more, in the place of one. Two instructions must not become one:
 *	a processor may stand between them.
 *
 *	Intel SDM, vol. 3, "Handling Self- and Cross-Modifying Code", promises that to no
 *	code that is not serialised; "Guaranteed Atomic Operations" in the same volume
 *	makes an aligned store of eight bytes one. Erratum AH33 of the Core 2 says that
 *	unsynchronised cross-modifying code can cause unexpected execution results, and
 *	Linux stores a breakpoint first (text_poke_bp_batch()). Yet HotSpot has patched
 *	calls by one aligned store since these processors were new
 *	(NativeCall::set_destination_mt_safe()), and LLVM's XRay writes its sleds under
 *	running threads (xray_x86_64.cpp). After the store scrt_sync_cores() makes every
 *	processor serialise, so what is not promised lasts no longer than an update.
 *
 *	This project's own runs: testsuite/static_call.stress/. No call has been torn inside
 *	a quadword (tear-3.c), and calls have been on AMD Zen 3 where a boundary of 32
 *	(tear-2.c) or 64 bytes (tear-1.c) is crossed; so one cacheline is not enough.
 */
#ifndef STATIC_CALL_X86_64_H
#define STATIC_CALL_X86_64_H

#include "port-types.h"

#include "static_call_abi.h"

#define SCRT_SITE_BYTES  5
#define SCRT_FORM_MASK   0xffffffffffull

#define SCRT_OPCODE_MASK 0xffull
#define SCRT_OPCODE_CALL 0xe8
#define SCRT_OPCODE_JMP  0xe9
#define SCRT_OPCODE_TEST 0xa9 /* test $imm32, %eax */
#define SCRT_OPCODE_RET  0xc3
#define SCRT_OPCODE_INT3 0xcc
#define SCRT_PREFIX_NONE 0x2e /* %cs:, which is ignored */

/* The kernel's own no-ops; lowest address in the lowest byte. */
#define SCRT_FORM_NOP    0x0000441f0full
#define SCRT_FORM_ZERO   0xc0312e2e2eull
#define SCRT_FORM_RET    0xccccccccc3ull

/* A site, and STATIC_CALL_KEY_SITE_ flags. */
struct scrt_site {
	uintptr_t address;
	unsigned int flags;
};

/* What the sites of a record have in common. */
struct scrt_code {
	uint32_t flags; /* STATIC_CALL_KEY_RECORD_ */
	uintptr_t trampoline;
	uintptr_t null; /* does what a call of NULL does; or 0 */
};

/* ---- forms are made ---- */

static inline uint64_t scrt_form_rest(uint64_t form)
{
	return form & ~SCRT_OPCODE_MASK;
}

static inline uint64_t scrt_form_with(uint64_t form, uint64_t opcode)
{
	return scrt_form_rest(form) | opcode;
}

_Static_assert((SCRT_OPCODE_CALL | STATIC_CALL_KEY_SITE_TAIL) == SCRT_OPCODE_JMP, "a bit of both");

static inline uint64_t scrt_branch_opcode(unsigned int flags)
{
	return SCRT_OPCODE_CALL | (flags & STATIC_CALL_KEY_SITE_TAIL);
}

static inline uint64_t scrt_branch(const struct scrt_site *site, uintptr_t destination)
{
	uint64_t opcode = scrt_branch_opcode(site->flags);
	uint32_t distance = destination - (site->address + SCRT_SITE_BYTES);

	return opcode | (uint64_t)distance << 8;
}

static inline bool scrt_in_reach(const struct scrt_site *site, uintptr_t destination)
{
	ptrdiff_t distance = destination - (site->address + SCRT_SITE_BYTES);

	return distance == (int32_t)distance;
}

/* Where the branch that a site holds leads to; 0 if it holds no branch. */
static inline uintptr_t scrt_destination(uintptr_t site, uint64_t form)
{
	uint64_t opcode = form & SCRT_OPCODE_MASK;

	if (opcode != SCRT_OPCODE_CALL && opcode != SCRT_OPCODE_JMP)
		return 0;
	return site + SCRT_SITE_BYTES + (ptrdiff_t)(int32_t)(form >> 8);
}

/*
 * A call that does nothing. This form keeps the four bytes behind the opcode as they were
 * linked, so that a breakpoint that takes the place of the opcode can be taken off by whoever
 * put it there. A tail call must be allowed a ret.
 */
static inline uint64_t scrt_nothing_same_rest(const struct scrt_site *site, uintptr_t trampoline)
{
	bool tail = site->flags & STATIC_CALL_KEY_SITE_TAIL;

	return scrt_form_with(scrt_branch(site, trampoline),
			      tail ? SCRT_OPCODE_RET : SCRT_OPCODE_TEST);
}

/* A no-op of this kind, of a call of NULL that does nothing or returns 0. */
static inline uint64_t scrt_null_same_rest(const struct scrt_site *site,
					   const struct scrt_code *code)
{
	if (!(code->flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE) &&
	    !(site->flags & STATIC_CALL_KEY_SITE_NO_RET))
		return scrt_nothing_same_rest(site, code->trampoline);
	if (code->null && scrt_in_reach(site, code->null))
		return scrt_branch(site, code->null);
	return scrt_branch(site, code->trampoline);
}

/* The same for a guard that leads to what follows it. */
static inline uint64_t scrt_guard_same_rest(const struct scrt_site *site, uintptr_t slow)
{
	return scrt_form_with(scrt_branch(site, slow), SCRT_OPCODE_TEST);
}

/* A no-op of whole instructions, for a call of NULL; with a ret if one may stand there. */
static inline uint64_t scrt_null_whole(const struct scrt_site *site, const struct scrt_code *code,
				       bool ret)
{
	bool value = code->flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE;

	if (code->flags & STATIC_CALL_KEY_RECORD_RETURNS_WIDE)
		return scrt_branch(site, code->trampoline);
	if (!(site->flags & STATIC_CALL_KEY_SITE_TAIL))
		return value ? SCRT_FORM_ZERO : SCRT_FORM_NOP;
	if (value || site->flags & STATIC_CALL_KEY_SITE_NO_RET || !ret)
		return scrt_branch(site, code->trampoline);
	return SCRT_FORM_RET;
}

/* ---- forms in memory ---- */

static inline uint64_t scrt_form_read(uintptr_t site)
{
	uint64_t word = __atomic_load_n((const uint64_t *)(site & ~7ul), __ATOMIC_RELAXED);

	return word >> (site & 7) * 8 & SCRT_FORM_MASK;
}

/*
 * Does a branch of this kind stand there, and where does it lead? In two reads: who changes the
 * site in between may do so before and after as well.
 */
static inline bool scrt_branch_read(uintptr_t site, uint64_t opcode, uintptr_t *leads)
{
	typedef int32_t __attribute__((aligned(1), may_alias)) distance;

	*leads = site + SCRT_SITE_BYTES + (ptrdiff_t) * (const volatile distance *)(site + 1);
	return *(const volatile uint8_t *)site == opcode;
}

/* A site, and the quadword that it lies in as it was seen. By value: who changes many keeps it in registers. */
struct scrt_seen {
	uintptr_t site;
	uint64_t word;
};

static inline struct scrt_seen scrt_form_see(uintptr_t site)
{
	struct scrt_seen seen = {
		.site = site,
		.word = __atomic_load_n((const uint64_t *)(site & ~7ul), __ATOMIC_RELAXED),
	};

	return seen;
}

static inline uint64_t scrt_form_seen(struct scrt_seen seen)
{
	return seen.word >> (seen.site & 7) * 8 & SCRT_FORM_MASK;
}

/* Likewise; the low half of where it leads is all of it, among destinations within its reach. */
static inline bool scrt_branch_seen(struct scrt_seen seen, uint64_t opcode, uint32_t *leads)
{
	uint64_t form = seen.word >> (seen.site & 7) * 8;

	*leads = seen.site + SCRT_SITE_BYTES + (uint32_t)(form >> 8);
	return (form & SCRT_OPCODE_MASK) == opcode;
}

/* The form of the branch that leads so much further. */
static inline uint64_t scrt_branch_moved(uint64_t form, uint32_t further)
{
	return (form & SCRT_OPCODE_MASK) | (uint64_t)((uint32_t)(form >> 8) + further) << 8;
}

/* A site as its bytes lie, in whichever quadwords. */
static inline uint64_t scrt_form_of_bytes(const uint8_t *code)
{
	return code[0] | (uint64_t)code[1] << 8 | (uint64_t)code[2] << 16 |
	       (uint64_t)code[3] << 24 | (uint64_t)code[4] << 32;
}

/*
 * The store: one instruction, eight bytes, aligned. It is a compare-and-exchange, so that what
 * others write at the same time to the three bytes beside the site, as kprobes and ftrace do, is
 * neither lost nor brought back; nobody else writes to the site.
 *
 * F: the store is done before what comes next; scrt_sync_cores() makes the other
 * processors take notice of it (SDM and APM, as above: they serialise).
 */
static inline void scrt_form_store(uintptr_t site, uint64_t form)
{
	uint64_t *word = (uint64_t *)(site & ~7ul);
	unsigned int shift = (site & 7) * 8;
	uint64_t old = __atomic_load_n(word, __ATOMIC_RELAXED);

	while (!__atomic_compare_exchange_n(word, &old,
					    (old & ~(SCRT_FORM_MASK << shift)) | form << shift,
					    false, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		;
}

/*
 * Store the form wanted if the site still holds old. A breakpoint that somebody sets or
 * removes at the same time, here or in the other three bytes of the quadword, is
 * neither lost nor brought back: the store is a compare-and-exchange of all eight.
 *
 * F: as in scrt_form_store(). That a locked instruction writes all eight bytes at once,
 * for those who read as for those who execute, is the SDM's "Guaranteed Atomic
 * Operations" and the APM's 7.3.2 "Access Atomicity".
 */
static inline bool scrt_form_replace(uintptr_t site, uint64_t old, uint64_t wanted)
{
	uint64_t *word = (uint64_t *)(site & ~7ul);
	unsigned int shift = (site & 7) * 8;
	uint64_t seen = __atomic_load_n(word, __ATOMIC_RELAXED);

	while ((seen >> shift & SCRT_FORM_MASK) == old)
		if (__atomic_compare_exchange_n(word, &seen, seen ^ (old ^ wanted) << shift, false,
						__ATOMIC_RELEASE, __ATOMIC_RELAXED))
			return true;
	return false;
}

/*
 * The same for a branch that was seen, so that it leads so much further; false also if
 * something beside it has changed.
 */
static inline bool scrt_form_replace_seen(struct scrt_seen seen, uint32_t further)
{
	unsigned int shift = (seen.site & 7) * 8;
	uint64_t word = seen.word;
	uint32_t was = word >> shift >> 8, is = was + further;

	return __atomic_compare_exchange_n((uint64_t *)(seen.site & ~7ul), &word,
					   word ^ (uint64_t)(was ^ is) << 8 << shift, false,
					   __ATOMIC_RELEASE, __ATOMIC_RELAXED);
}

#endif /* STATIC_CALL_X86_64_H */
