/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Classes with copy constructors: by invisible reference, and into the caller's object. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

static int alive, copies;

struct counted {
	int value;
	counted *self;

	explicit counted(int v) : value(v), self(this) { alive++; }
	counted(const counted &other) : value(other.value), self(this) { alive++, copies++; }
	~counted()
	{
		CHECK(self == this);
		alive--;
	}
};

struct empty { };

struct moved {
	long *owned;

	explicit moved(long x) : owned(new long(x)) { alive++; }
	moved(moved &&other) : owned(other.owned) { other.owned = nullptr, alive++; }
	~moved() { delete owned, alive--; }
};

NOIPA static counted join(counted a, empty, const counted &b, int c)
{
	CHECK(a.self == &a && b.self == &b);
	return counted(a.value * 10 + b.value + c);
}

NOIPA static counted join_other(counted a, empty, const counted &b, int c)
{
	CHECK(a.self == &a && b.self == &b);
	if (c > 100)
		return a;
	return counted(a.value + b.value * 10 - c);
}

counted (*key)(counted, empty, const counted &, int) STATIC_CALL_KEY = join;

NOIPA static moved pass(moved x, long by)
{
	*x.owned += by;
	return x;
}

NOIPA static moved pass_other(moved x, long by)
{
	return moved(*x.owned * by);
}

moved (*moved_key)(moved, long) STATIC_CALL_KEY = pass;

#define CALL(f) ([] {							\
	counted one(ARG(1)), two(ARG(2));				\
	counted three = f(one, empty(), two, ARG(3));			\
	const counted &bound = f(f(three, empty(), one, 4), empty(), f(two, empty(), two, 5), 6); \
									\
	CHECK(three.self == &three && bound.self == &bound);		\
	return mix(mix(0, three.value), bound.value); }())

#define CALL_MOVED(f) mix(0, *f(f(moved(ARG(3)), ARG(4)), ARG(5)).owned)

int main()
{
	int before;

	COMPARE(key, join, join_other);
	CHECK(alive == 0);
	COMPARE_WITH(CALL_MOVED, moved_key, pass, pass_other);
	CHECK(alive == 0);

	before = copies;
	(void)CALL(join);
	before = copies - before;
	copies = 0;
	(void)CALL(key);
	CHECK(copies == before);
	return 0;
}
