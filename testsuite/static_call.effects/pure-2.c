/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "pure" goes through link-time optimization: calls of a function in another unit that calls a
 * pure key are one when it has been inlined, and those of an ordinary key stay.
 */
/* { dg-do link } */
/* { dg-require-effective-target lto } */
/* { dg-additional-options "-flto -fcf-protection=none" } */
/* { dg-additional-sources "pure-2-other.c" } */
/* { dg-final { scan-executable-times {call.*<static_call_key_trampoline\.key>} 1 } } */
/* { dg-final { scan-executable-times {call.*<static_call_key_trampoline\.ordinary>} 2 } } */
/* { dg-final { check-static-call } } */
#include <static_call.h>

long call_key(long x);
long call_ordinary(long x);
long equal_key(long x);
long equal_ordinary(long x);

__attribute__((noipa)) long equal_key(long x)
{
	return call_key(x) + call_key(x);
}

__attribute__((noipa)) long equal_ordinary(long x)
{
	return call_ordinary(x) + call_ordinary(x);
}

int main(int argc, char **argv)
{
	(void)argv;
	return (int)(equal_key(argc) + equal_ordinary(argc));
}
