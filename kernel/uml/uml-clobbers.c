// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uml-clobbers.c - bench/clobbers-body.c in the kernel: callers of small operations in
 * three ways. -DKIND_abi: through a key, as any function. -DKIND_set: through a key with a
 * clobber set. -DKIND_asm: by an asm statement as PVOP_CALLEE1() and PVOP_VCALLEE0()
 * make it, in the form that apply_paravirt() leaves: a call of five bytes, and a nop for the
 * other two of call *pv_ops.
 */
#include <asm/asm.h>

#include "uml-bench.h"

#if defined(KIND_asm)
static inline unsigned long value_of(unsigned long entry)
{
	unsigned long ret;

	asm volatile("call bench_value; .byte 0x66, 0x90"
		     : "=a"(ret), ASM_CALL_CONSTRAINT
		     : "D"(entry)
		     : "memory", "cc");
	return ret;
}

static inline void mark(void)
{
	unsigned long ret;

	asm volatile("call bench_mark; .byte 0x66, 0x90"
		     : "=a"(ret), ASM_CALL_CONSTRAINT
		     :
		     : "memory", "cc");
}
#elif defined(KIND_set)
#define value_of(entry) bench_value_key(entry)
#define mark()          bench_mark_key()
#else
#define value_of(entry) bench_value_abi(entry)
#define mark()          bench_mark_abi()
#endif

unsigned long BODY(walk)(const unsigned long *table, unsigned long n, struct bench_range *r);
unsigned long BODY(section)(unsigned long a, unsigned long b, unsigned long c, unsigned long d,
			    unsigned long *counter);

#define ALIGNMENT __aligned(64)
#include "clobbers-work.h"
