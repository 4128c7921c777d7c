/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys with a clobber set are offered functions that keep to it. */
/* { dg-do run } */
#include "check.h"

#define FEW STATIC_CALL_KEY_CLOBBERS("rax", "rdi", "r11", "r10")

NOIPA static long generic(long x) FEW;
NOIPA static long generic(long x)
{
	return x + 1;
}

NOIPA static long better(long x) FEW;
NOIPA static long better(long x)
{
	return x + 2;
}

long (*key)(long) FEW STATIC_CALL_KEY = generic;
STATIC_CALL_KEY_OFFER(key, better, 0, 1);

NOIPA long work(long a, long b, long c)
{
	return key(a) + 10 * b + 100 * c;
}

int main(void)
{
	CHECK(work(0, 2, 3) == (CHECK_PATCHED ? 322 : 321));
	CHECK_KEY(&key, CHECK_PATCHED ? better : generic);
	return 0;
}
