/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From every instruction of the code that saves registers in front of a function with
 * a clobber set, and of the function, the stack unwinds to the caller.
 */
/* { dg-do run } */
#include "unwind.h"

TRACED static long other(long a, long b)
{
	__asm__ volatile("" ::: "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm9");
	return a + b;
}

/* What is put in front has its unwind information in directives. */
#if defined TEST_NO_PLUGIN || !defined __GCC_HAVE_DWARF2_CFI_ASM
#define SET
#define NO_SET
#else
#define SET STATIC_CALL_KEY_CLOBBERS("rax")
#endif

/* Two of the arguments on the stack. */
static long kept(long a, long b, long c, long d, long e, long f, long g, long h) SET;
TRACED static long kept(long a, long b, long c, long d, long e, long f, long g, long h)
{
	return other(a, b) + other(c, d) + other(e, f) + other(g, h);
}

long (*key)(long, long, long, long, long, long, long, long) SET STATIC_CALL_KEY = kept;

TRACED static long work(long x)
{
	return key(x, 1, 2, 3, 4, 5, 6, 7) + x;
}

TRACED static long outer(long x)
{
	return work(x) + 1;
}

static int in_front, in_body;

static void step(int number, siginfo_t *info, void *context)
{
	struct stack s = { .interrupted = -1, .ip = trap_ip(context) };
	const void **f;

	(void)number, (void)info;
	_Unwind_Backtrace(add_frame, &s);
	CHECK(s.interrupted >= 0);
	f = s.function + s.interrupted;
	if (trap_is_own(f[0]))
		return;
	if (f[0] == other) {
		f++;
		CHECK(f[0] == kept);
	}
	if (f[0] == kept && f[1] == kept) {
		f++;
		in_body++;
	} else if (f[0] == kept) {
		in_front++;
	}
	if (f[0] == kept) {
		f++;
		CHECK(f[0] == work);
	}
	if (f[0] == work)
		CHECK(f[1] == outer);
}

int main(void)
{
	long result;

	trap_handle(step);
	trap_on();
	result = outer(10);
	trap_off();
	CHECK(result == 38 + 10 + 1);
#ifndef NO_SET
	CHECK(in_front > 20 && in_body > 20);
#endif
	return 0;
}
