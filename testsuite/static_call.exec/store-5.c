/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stores through pointers of other types: void **, a pointer to the key, char, an integer. */
/* { dg-do run } */
/* { dg-additional-options "-fno-strict-aliasing" } */
/* { dg-final { direct-in work } } */
#include "check.h"

typedef int (*fn)(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

fn key STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

NOIPA void through_void(void **p, void *value)
{
	*p = value;
}

NOIPA void through_pointer(fn *p, fn value)
{
	*p = value;
}

NOIPA void through_pointer_pointer(fn **pp, fn value)
{
	**pp = value;
}

NOIPA void through_array(fn p[], int i, fn value)
{
	p[i] = value;
}

NOIPA void through_generic(void (**p)(void), void (*value)(void))
{
	*p = value;
}

int main(void)
{
	fn *p = &key;

	through_pointer(&key, two);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	through_pointer_pointer(&p, one);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	through_array(&key, 0, two);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	(*p) = one;
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	through_void((void **)&key, (void *)two);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	through_generic((void (**)(void))&key, (void (*)(void))one);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	return 0;
}
