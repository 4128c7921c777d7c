/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Struct copies: whole, a nested part, through pointers, from a compound literal, returned. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

NOIPA static int three(int x)
{
	return x * 3;
}

struct part {
	long number;
	int (*fn)(int);
};

struct whole {
	char name[24];
	struct part a, b;
};

struct whole key STATIC_CALL_KEY = { "key", { 1, one }, { 2, one } };

static const struct whole twos = { "twos", { 1, two }, { 2, two } };

NOIPA int work(int x)
{
	return key.a.fn(x) + 100 * key.b.fn(x);
}

NOIPA void copy(const struct whole *from)
{
	key = *from;
}

NOIPA void copy_part(struct part *to, const struct part *from)
{
	*to = *from;
}

NOIPA struct part make(int (*fn)(int))
{
	struct part part = { 5, fn };

	return part;
}

NOIPA struct whole make_whole(int (*fn)(int))
{
	struct whole whole = { "made", { 5, fn }, { 6, fn } };

	return whole;
}

static void check(int (*a)(int), int (*b)(int))
{
	CHECK_KEY(&key.a.fn, a);
	CHECK_KEY(&key.b.fn, b);
	CHECK(work(5) == a(5) + 100 * b(5));
}

int main(void)
{
	struct part part = { 9, one };

	check(one, one);
	copy(&twos);
	check(two, two);
	copy_part(&key.b, &part);
	check(two, one);
	key.a = key.b;
	check(one, one);
	key = twos;
	check(two, two);
	key.b = (struct part){ 3, three };
	check(two, three);
	key.a = make(one);
	check(one, three);
	key = make_whole(two);
	check(two, two);
	key = (struct whole){ .a = { 1, three }, .b = { 1, one } };
	check(three, one);
	return 0;
}
