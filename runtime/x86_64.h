/* SPDX-License-Identifier: MIT */
/*
 * x86_64.h - the forms of a call site, for x86_64.c and those ports that have to
 * know what they write.
 */
#ifndef STATIC_CALL_X86_64_H
#define STATIC_CALL_X86_64_H

#include "internal.h"

#define SCRT_SITE_BYTES  5
#define SCRT_FORM_MASK   0xffffffffffull

#define SCRT_OPCODE_MASK 0xffull
#define SCRT_OPCODE_CALL 0xe8
#define SCRT_OPCODE_JMP  0xe9
#define SCRT_OPCODE_TEST 0xa9 /* test $imm32, %eax */
#define SCRT_OPCODE_RET  0xc3
#define SCRT_OPCODE_INT3 0xcc

/* The kernel's own no-ops; lowest address in the lowest byte. */
#define SCRT_FORM_NOP    0x0000441f0full
#define SCRT_FORM_ZERO   0xc0312e2e2eull
#define SCRT_FORM_RET    0xccccccccc3ull

static inline uint64_t scrt_form_read(uintptr_t site)
{
	uint64_t word = __atomic_load_n((const uint64_t *)(site & ~7ul), __ATOMIC_RELAXED);

	return word >> (site & 7) * 8 & SCRT_FORM_MASK;
}

static inline void scrt_form_store(uintptr_t site, uint64_t form)
{
	uint64_t *word = (uint64_t *)(site & ~7ul);
	unsigned int shift = (site & 7) * 8;
	uint64_t old = __atomic_load_n(word, __ATOMIC_RELAXED);

	__atomic_store_n(word, (old & ~(SCRT_FORM_MASK << shift)) | form << shift,
			 __ATOMIC_RELEASE);
}

/*
 * Store the form wanted if the site still holds old. A breakpoint that somebody sets or
 * removes at the same time, here or in the other three bytes of the quadword, is
 * neither lost nor brought back: the store is a compare-and-exchange of all eight.
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
 * The form that is all that a function does, or 0. __static_call_return0() has no
 * other in the kernel's own patching. paravirt_nop is not for modules to know.
 */
#ifdef __KERNEL__
#include <linux/static_call.h>
#if defined(CONFIG_PARAVIRT) && !defined(MODULE)
#include <asm/paravirt_types.h>
#endif

static inline uint64_t scrt_form_of(uintptr_t target)
{
	if (target == (uintptr_t)__static_call_return0)
		return SCRT_FORM_ZERO;
#if defined(CONFIG_PARAVIRT) && !defined(MODULE)
	if (target == (uintptr_t)paravirt_nop)
		return SCRT_FORM_NOP;
#endif
	return 0;
}
#else
static inline uint64_t scrt_form_of(uintptr_t target)
{
	(void)target;
	return 0;
}
#endif

/* A bare ret stands nowhere in a kernel with return thunks. */
#if defined(CONFIG_RETHUNK) || defined(CONFIG_MITIGATION_RETHUNK)
#define SCRT_NEVER_RET 1
#else
#define SCRT_NEVER_RET 0
#endif

#endif /* STATIC_CALL_X86_64_H */
