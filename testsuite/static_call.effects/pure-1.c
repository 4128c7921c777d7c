/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "pure": equal calls are one, one whose value nobody wants is dropped, what was loaded
 * before is not loaded again, and a store waits for nothing but stays between two calls.
 * GCC has no pure pointers: it drops the attribute with a warning, so the tag has to say it,
 * and the same call through an untagged pointer, or in assembly, is made each time.
 */
/* { dg-do compile } */
/* { dg-additional-options "-mno-red-zone -fcf-protection=none" } */
#include <static_call.h>
#include "effects.h"

long (*key)(long) STATIC_CALL_KEY_PURE;
HIDDEN long (*plain)(long) __attribute__((pure)); /* { dg-warning "attribute ignored" } */
long global;

long equal_key(long x)
{
	return key(x) + key(x);
}

long equal_plain(long x)
{
	return plain(x) + plain(x);
}

long equal_asm(long x)
{
	return ASM_CALL(plain, x) + ASM_CALL(plain, x);
}

void unused_key(long x)
{
	key(x);
}

void unused_asm(long x)
{
	ASM_CALL(plain, x);
}

long load_key(long x)
{
	long before = global;
	long value = key(x);

	return before * value + global;
}

long load_plain(long x)
{
	long before = global;
	long value = plain(x);

	return before * value + global;
}

long load_asm(long x)
{
	long before = global;
	long value = ASM_CALL(plain, x);

	return before * value + global;
}

/* The first store of two is dead only if the call between does not read it. */
long store_key(long x)
{
	long a;

	global = 1;
	a = key(x);
	global = 2;
	return a + key(x);
}

/* What calls a pure key, and nothing else, is pure. */
static __attribute__((noinline)) long wrapper(long x)
{
	return key(x) * 3;
}

long equal_wrapped(long x)
{
	return wrapper(x) + wrapper(x);
}

/* { dg-final { scan-body-times equal_key {^call\s} 1 } } */
/* { dg-final { scan-body-times equal_plain {^call\s} 2 } } */
/* { dg-final { scan-body-times equal_asm {^call\s} 2 } } */
/* { dg-final { scan-body-not unused_key {^(call|jmp)\s} } } */
/* { dg-final { scan-body-times unused_asm {^call\s} 1 } } */
/* { dg-final { scan-body-times load_key {global\(%rip\)} 1 } } */
/* { dg-final { scan-body-times load_plain {global\(%rip\)} 2 } } */
/* { dg-final { scan-body-times load_asm {global\(%rip\)} 2 } } */
/* { dg-final { scan-body-times store_key {^call\s} 2 } } */
/* { dg-final { scan-body-times store_key {^movq\s+\$1, global\(%rip\)} 1 } } */
/* { dg-final { scan-body-times store_key {^movq\s+\$2, global\(%rip\)} 1 } } */
/* { dg-final { scan-body-times equal_wrapped {^call\s} 1 } } */
