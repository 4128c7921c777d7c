/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key with a clobber set, guarded: registers keep their values along both ways. */
/* { dg-do run } */
#include "guard.h"

STATIC_CALL_KEY_CLOBBERS("rax") static long add(long x)
{
	return x + 1;
}

STATIC_CALL_KEY_CLOBBERS("rax") static long twice(long x)
{
	return x * 2;
}

long (*key)(long) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY = add;

NOIPA long work(long a, long b, long c, long d, long e)
{
	long x = key(a);

	return x + (b ^ c) * (d - e) + a;
}

int main(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		CHECK(work(1, 2, 3, 9, 4) == 2 + 5 + 1);
		CHECK(static_call_key_update(&key, twice) == 0);
		CHECK(work(4, 2, 3, 9, 4) == 8 + 5 + 4);
		CHECK_GUARDED(&key);
		key = add;
		CHECK_GUARDED(&key);
	}
	return 0;
}
