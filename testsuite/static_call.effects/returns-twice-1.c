/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * returns_twice GCC keeps on functions only, and warns on a pointer; a function like setjmp
 * cannot be called through a pointer, be it a key or not. In a function that calls setjmp itself,
 * a keyed call is one that may return there: neither a tail call nor a value that lives across
 * it in a register only that longjmp does not restore.
 */
/* { dg-do compile } */
/* { dg-additional-options "-fcf-protection=none" } */
#include <static_call.h>
#include <setjmp.h>

int (*key)(long) __attribute__((returns_twice)) STATIC_CALL_KEY; /* { dg-warning "ignored" } */
int (*plain)(long) __attribute__((returns_twice)); /* { dg-warning "attribute ignored" } */
jmp_buf buffer;

#define USES(kind)                                                                            \
	int once_##kind(long x)                                                               \
	{                                                                                     \
		if (kind(x))                                                                  \
			return x;                                                             \
		return kind(x + 1);                                                           \
	}                                                                                     \
	int jumped_##kind(long x)                                                             \
	{                                                                                     \
		if (setjmp(buffer))                                                           \
			return x + 1;                                                         \
		return kind(x);                                                               \
	}

USES(key)
USES(plain)

/* { dg-final { scan-body-times once_key {^(call|jmp)\s+static_call_key_trampoline} 2 } } */
/* { dg-final { scan-body-times jumped_key {^call\s+static_call_key_trampoline} 1 } } */
/* { dg-final { scan-body-not jumped_key {^jmp\s+static_call_key_trampoline} } } */
/* { dg-final { scan-body-times jumped_key {%rdi, [0-9]*\(%rsp\)} 1 } } */
/* { dg-final { no-longer-than once_key once_plain } } */
/* { dg-final { no-longer-than jumped_key jumped_plain } } */
