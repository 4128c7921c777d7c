/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nonnull: GCC warns of NULL, and takes the argument for one that is not NULL after the call.
 * It does both for calls through pointers. returns_nonnull it uses for calls of functions
 * only, so a key is better off than a pointer, as the function type still says it;
 * assume_aligned it uses for both.
 */
/* { dg-do compile } */
/* { dg-additional-options "-mno-red-zone -fcf-protection=none -Wnonnull" } */
#include <static_call.h>
#include "effects.h"

void (*key)(long *) __attribute__((nonnull)) STATIC_CALL_KEY;
HIDDEN void (*plain)(long *) __attribute__((nonnull));
void *(*returns_key)(void) __attribute__((returns_nonnull)) STATIC_CALL_KEY;
void *(*aligned_key)(void) __attribute__((assume_aligned(64))) STATIC_CALL_KEY;
void *(*aligned_plain)(void) __attribute__((assume_aligned(64)));

int test_key(long *p)
{
	key(p);
	return p != NULL;
}

int test_plain(long *p)
{
	plain(p);
	return p != NULL;
}

int test_asm(long *p)
{
	ASM_CALL(plain, p);
	return p != NULL;
}

void warned(void)
{
	key(NULL); /* { dg-warning "\\\[-Wnonnull\\\]" } */
	plain(NULL); /* { dg-warning "\\\[-Wnonnull\\\]" } */
	ASM_CALL(plain, NULL);
}

int test_result_key(void)
{
	return returns_key() != NULL;
}

int test_low_bits_key(void)
{
	return (uintptr_t)aligned_key() & 63;
}

int test_low_bits_plain(void)
{
	return (uintptr_t)aligned_plain() & 63;
}

/* { dg-final { scan-body-times test_key {^call\s} 1 } } */
/* { dg-final { scan-body-not test_key {^test|^cmp|^set} } } */
/* { dg-final { scan-body-not test_plain {^test|^cmp|^set} } } */
/* { dg-final { scan-body test_asm {^test|^cmp} } } */
/* { dg-final { no-longer-than test_key test_plain } } */
/* { dg-final { scan-body-not test_result_key {^test|^cmp|^set} } } */
/* { dg-final { scan-body-not test_low_bits_key {^and} } } */
/* { dg-final { no-longer-than test_low_bits_key test_low_bits_plain } } */
