/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clobbers-body.c - callers of small operations, in the three ways that a kernel's
 * paravirt operations could be called. -DKIND_abi: through a key, as any function.
 * -DKIND_set: through a key with a clobber set. -DKIND_asm: by a hand-written asm
 * statement that lists what the callee changes, and "memory", as it may change that.
 */
#include "clobbers.h"

/* As in a kernel: all of it is one program. */
#pragma GCC visibility push(hidden)

#if defined KIND_asm
/* An argument and the result in place; the stack pointer is an operand, as it is moved. */
static inline unsigned long value_of(unsigned long entry)
{
	register unsigned long sp __asm__("rsp");
	unsigned long ret;

	__asm__ volatile("call bench_value" : "=a"(ret), "+r"(sp) : "D"(entry) : "memory", "cc");
	return ret;
}

static inline void mark(void)
{
	register unsigned long sp __asm__("rsp");

	__asm__ volatile("call bench_mark" : "+r"(sp) : : "memory", "cc");
}
#elif defined KIND_set
extern value_fn *bench_value_key STATIC_CALL_KEY;
extern mark_fn *bench_mark_key STATIC_CALL_KEY;
#define value_of(entry) bench_value_key(entry)
#define mark()          bench_mark_key()
#else
extern unsigned long (*bench_value_abi)(unsigned long) STATIC_CALL_KEY;
extern void (*bench_mark_abi)(void) STATIC_CALL_KEY;
#define value_of(entry) bench_value_abi(entry)
#define mark()          bench_mark_abi()
#endif

#define PASTE_(a, b) a##b
#define PASTE(a, b)  PASTE_(a, b)
#define BODY(name)   PASTE(bench_##name##_, KIND)
#define ALIGNMENT

#include "clobbers-work.h"

/* Floating-point state across an operation. */
double BODY(real)(double a, double b, double c, double d, unsigned long n)
{
	double s = 0;
	unsigned long i;

	for (i = 0; i < n; i++) {
		mark();
		s = s * a + b;
		a += c;
		b -= d;
	}
	return s;
}
