// SPDX-License-Identifier: GPL-2.0-or-later
// Results that are objects: built in place, copied and destroyed as often as without a guard.
// { dg-do run }
#include "guard.h"

static int alive;

struct object {
	object *self;
	int x;

	explicit object(int x) : self(this), x(x) { alive++; }
	object(const object &from) : self(this), x(from.x) { alive++; }
	~object()
	{
		CHECK(self == this);
		alive--;
	}
};

static object make(int x)
{
	return object(x + 1);
}

NOIPA static object other(int x)
{
	object o(x);

	o.x += 2;
	return o;
}

object (*key)(int) STATIC_CALL_KEY = make;

NOIPA int work(int x)
{
	object one = key(x), two(key(x + 1));

	int sum = one.x * 100 + two.x * 10 + key(0).x;

	return sum + alive * 1000;
}

NOIPA object passed(int x)
{
	return key(x);
}

int main()
{
	for (int i = 0; i < 3; i++) {
		key = make;
		CHECK_GUARDED(&key);
		CHECK(work(1) == 2231 && alive == 0);
		CHECK(passed(4).x == 5);
		CHECK(alive == 0);
		CHECK(static_call_key_update(&key, other) == 0);
		CHECK_GUARDED(&key);
		CHECK(work(1) == 2342 && alive == 0);
		CHECK(passed(4).x == 6);
		CHECK(alive == 0);
	}
	return 0;
}
