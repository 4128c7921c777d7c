/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exceptions pass through saving code, of functions with landing pads and without. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "check.h"

static int destroyed;

struct guard {
	~guard() { destroyed++; }
};

static NOIPA void raise(int x)
{
	throw x;
}

int plain(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA plain(int x)
{
	raise(x);
	return 1;
}

int cleanup(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA cleanup(int x)
{
	guard g;

	raise(x);
	return 2;
}

int catches(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA catches(int x)
{
	try {
		raise(x);
	} catch (long) {
		return 3;
	} catch (int y) {
		if (y > 100)
			throw;
		return y + 5;
	}
	return 4;
}

extern "C" {
static NOIPA int deep(int x, int, int, int, int, int, int, int b)
{
	raise(x + b);
	return 0;
}
}
STATIC_CALL_KEY_THUNK(quiet, deep, "rax");

int (*key)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY = plain;
int (*eight)(int, int, int, int, int, int, int, int) STATIC_CALL_KEY_CLOBBERS("rax")
	STATIC_CALL_KEY = quiet;

static NOIPA int caught(int x, long a, long b, long c, long d, long e)
{
	guard g;

	try {
		return key(x) + (int)(a + b + c + d + e);
	} catch (int y) {
		return y + (int)(a - b + c - d + e);
	}
}

int main()
{
	CHECK(caught(7, 1, 2, 3, 4, 5) == 7 + 3);
	CHECK(destroyed == 1);
	key = cleanup;
	CHECK(caught(8, 1, 2, 3, 4, 5) == 8 + 3);
	CHECK(destroyed == 3);
	key = catches;
	CHECK(caught(9, 1, 2, 3, 4, 5) == 9 + 5 + 15);
	CHECK(caught(109, 1, 2, 3, 4, 5) == 109 + 3);
	CHECK(destroyed == 5);
	CHECK_KEY(&key, catches);
	try {
		eight(1, 2, 3, 4, 5, 6, 7, 8);
		CHECK(!"reached");
	} catch (int y) {
		CHECK(y == 9);
	}
	return 0;
}
