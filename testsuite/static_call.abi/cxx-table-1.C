/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A class that holds a table of functions; its methods call through it. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

struct value {
	long a;
	double b;
};

struct operations {
	int id;
	value (*make)(long, double) STATIC_CALL_KEY;
	long (*take)(value, const value &, int) STATIC_CALL_KEY;
};

NOIPA static value make(long a, double b)
{
	return value{ a + 1, b * 2 };
}

NOIPA static value make_other(long a, double b)
{
	return value{ a + 2, b * 3 };
}

NOIPA static long take(value x, const value &y, int z)
{
	return x.a + 3 * (long)x.b + 5 * y.a + 7 * (long)y.b + 11 * z;
}

NOIPA static long take_other(value x, const value &y, int z)
{
	return y.a + 3 * (long)y.b + 5 * x.a + 7 * (long)x.b + 13 * z;
}

struct device {
	operations ops;
	int last;

	NOIPA uint64_t run(long a, double b);
};

static device the_device = { { 1, make, take }, 0 };

uint64_t device::run(long a, double b)
{
	value first = the_device.ops.make(a, b);

	last = (int)the_device.ops.take(first, the_device.ops.make(b, a), 4);
	return mix(last, this == &the_device);
}

static uint64_t expected(value (*m)(long, double), long (*t)(value, const value &, int))
{
	return mix((int)t(m(5, 6.5), m(6, 5), 4), 1);
}

int main()
{
	CHECK_SITES(&the_device.ops.make, make, 2);
	CHECK_KEY(&the_device.ops.take, take);
	CHECK(the_device.run(5, 6.5) == expected(make, take));
	CHECK(static_call_key_update(&the_device.ops.make, make_other) == 0);
	CHECK_SITES(&the_device.ops.make, make_other, 2);
	CHECK(the_device.run(5, 6.5) == expected(make_other, take));
	the_device.ops = operations{ 2, make, take_other };
	CHECK_SITES(&the_device.ops.make, make, 2);
	CHECK_KEY(&the_device.ops.take, take_other);
	CHECK(the_device.run(5, 6.5) == expected(make, take_other));
	return 0;
}
