/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guards beside asm goto, computed goto, nested functions and gotos out of them. */
/* { dg-do run } */
#include "guard.h"

static int add(int x)
{
	return x + 1;
}

NOIPA static int other(int x)
{
	return x + 2;
}

int (*key)(int) STATIC_CALL_KEY = add;

NOIPA int work_asm(int x)
{
	__asm__ goto("" : : "r"(x) : "cc" : first);
	x = key(x);
	__asm__ goto("test %0, %0\n\tjz %l1" : : "r"(x) : "cc" : second);
	return x;
first:
	return key(x) + 20;
second:
	return key(x) + 30;
}

NOIPA int work_computed(const char *program, int x)
{
	static void *const code[] = { &&stop, &&once, &&twice };

	goto *code[*program++ - '0'];
once:
	x = key(x);
	goto *code[*program++ - '0'];
twice:
	x = key(key(x));
	goto *code[*program++ - '0'];
stop:
	return x;
}

NOIPA int work_nested(int x)
{
	__label__ out;
	int y = 0;

	void nested(int z)
	{
		y += key(z);
		if (y > 10)
			goto out;
	}

	nested(x);
	nested(y);
	nested(y);
	return y;
out:
	return -key(y);
}

static void check(int step)
{
	CHECK_GUARDED(&key);
	CHECK(work_asm(3) == 3 + step);
	CHECK(work_asm(-step) == 30 + step);
	CHECK(work_computed("1210", 5) == 5 + 4 * step);
	CHECK(work_nested(0) == step * 4 + 3 * step);
	CHECK(work_nested(20) == -(20 + 2 * step));
}

int main(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		key = add;
		check(1);
		CHECK(static_call_key_update(&key, other) == 0);
		CHECK_GUARDED(&key);
		CHECK(work_computed("1210", 5) == 5 + 4 * 2);
		CHECK(work_asm(-2) == 32 && work_nested(0) == -16);
	}
	return 0;
}
