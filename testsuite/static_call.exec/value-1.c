/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values of every class of register go through a site unharmed. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static double mix_add(double a, int b, float c, long d, _Bool e)
{
	return a + b + c + d + e;
}

NOIPA static double mix_scale(double a, int b, float c, long d, _Bool e)
{
	return a * b * c * d * e;
}

NOIPA static long double wide(long double x)
{
	return x * 3;
}

NOIPA static long double wider(long double x)
{
	return x * 5;
}

NOIPA static _Complex double turn(_Complex double z)
{
	return z * 1.0i;
}

NOIPA static _Complex double mirror(_Complex double z)
{
	return ~z;
}

NOIPA static __int128 large(__int128 x)
{
	return x + ((__int128)1 << 100);
}

NOIPA static __int128 larger(__int128 x)
{
	return x + ((__int128)3 << 100);
}

double (*mix)(double, int, float, long, _Bool) STATIC_CALL_KEY = mix_add;
long double (*x87)(long double) STATIC_CALL_KEY = wide;
_Complex double (*complex_key)(_Complex double) STATIC_CALL_KEY = turn;
__int128 (*wide_key)(__int128) STATIC_CALL_KEY = large;

NOIPA double work(double a)
{
	_Complex double z = complex_key(2.0 + 3.0i);

	return mix(a, 2, 0.5f, 4, 1) + (double)x87((long double)a) + __real__ z * 100 +
		__imag__ z * 1000 + (double)(wide_key(5) >> 100);
}

int main(void)
{
	CHECK_KEY(&mix, mix_add);
	CHECK_KEY(&x87, wide);
	CHECK_KEY(&complex_key, turn);
	CHECK_KEY(&wide_key, large);
	CHECK(work(10) == 17.5 + 30 - 300 + 2000 + 1);
	CHECK(static_call_key_update(&mix, mix_scale) == 0);
	CHECK(static_call_key_update(&x87, wider) == 0);
	CHECK(static_call_key_update(&complex_key, mirror) == 0);
	CHECK(static_call_key_update(&wide_key, larger) == 0);
	CHECK_KEY(&mix, mix_scale);
	CHECK_KEY(&x87, wider);
	CHECK_KEY(&complex_key, mirror);
	CHECK_KEY(&wide_key, larger);
	CHECK(work(10) == 40 + 50 + 200 - 3000 + 3);
	return 0;
}
