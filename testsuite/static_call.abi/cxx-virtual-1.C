/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls in virtual functions that are reached through thunks, and to functions that call them. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

struct shape {
	virtual long area(long x) = 0;
	virtual ~shape() { }
};

struct named {
	long name;

	virtual long id(long x) { return name + x; }
	virtual ~named() { }
};

NOIPA static long ask(shape *s, long x)
{
	return s->area(x) + 1;
}

NOIPA static long ask_twice(shape *s, long x)
{
	return s->area(x) + s->area(x + 1);
}

long (*asker)(shape *, long) STATIC_CALL_KEY = ask;
long (*helper)(const void *, long) STATIC_CALL_KEY;

struct both : virtual named, shape {
	long side;

	NOIPA long area(long x) override { return helper(this, x) + side; }
	NOIPA long id(long x) override { return asker(this, x) + name; }
};

static const void *expected_object;

NOIPA static long help(const void *object, long x)
{
	CHECK(object == expected_object);
	return x * 10;
}

NOIPA static long help_other(const void *object, long x)
{
	CHECK(object == expected_object);
	return x * 20;
}

NOIPA static long through_base(named *n, long x)
{
	return n->id(x);
}

int main()
{
	both object;

	object.name = 3;
	object.side = 5;
	expected_object = &object;
	CHECK(static_call_key_update(&helper, help) == 0);
	CHECK_KEY(&helper, help);
	CHECK_KEY(&asker, ask);
	CHECK(through_base(&object, 7) == 70 + 5 + 1 + 3);
	CHECK(static_call_key_update(&helper, help_other) == 0);
	CHECK(static_call_key_update(&asker, ask_twice) == 0);
	CHECK_KEY(&helper, help_other);
	CHECK_KEY(&asker, ask_twice);
	CHECK(through_base(&object, 7) == 140 + 5 + 160 + 5 + 3);
	return 0;
}
