/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store through a pointer that may point to the key lies between load and call. */
/* { dg-do run } */
#include "check.h"

NOIPA static int old_target(int x)
{
	return x + 1;
}

NOIPA static int new_target(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = old_target;
int (*plain)(int);

NOIPA int work(int (**where)(int), int x)
{
	int (*f)(int) = key;

	*where = new_target;
	return f(x) + 100;
}

NOIPA int work_untyped(void *where, int (*what)(int), int x)
{
	int (*f)(int) = key;

	memcpy(where, &what, sizeof(what));
	return f(x) + 100;
}

NOIPA int again(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK(work(&plain, 5) == 106);
	CHECK(key == old_target);
	CHECK(work(&key, 5) == 106);
	CHECK_KEY(&key, new_target);
	CHECK(again(5) == 110);
	CHECK(work_untyped(&key, old_target, 5) == 110);
	CHECK_KEY(&key, old_target);
	CHECK(again(5) == 106);
	return 0;
}
