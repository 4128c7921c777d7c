/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every kind of key under -flto; lto.exp builds it. Prints what a site leads to. */
#include "keys.h"

static NOIPA int add_one(int x)
{
	return x + 1;
}

static NOIPA int add_ten(int x)
{
	return x + 10;
}

/* The other unit has a static key of this name too. */
static int (*local)(int) STATIC_CALL_KEY = add_one;
static int (*nothing)(void) STATIC_CALL_KEY_NOP_IF_NULL;

static int inner(int x)
{
	static int (*local)(int) STATIC_CALL_KEY = add_ten;

	return local(x);
}

/* A call through a cast has a declaration of its own. */
static int cast(int x)
{
	return ((int (*)(long))(void (*)(void))shared)(x);
}

static int total(int x)
{
	return local(x) + inner(x) + shared(x) + cast(x) + ops.op(x) + other(x) + nothing();
}

int main(void)
{
	/* local 2, inner 11, shared 101 twice, ops.op 101; other: local 1001, 101, 101 */
	CHECK(total(1) == 2 + 11 + 4 * 101 + 101 + 1001);
	CHECK_KEY(&local, add_one);
	local = add_ten;
	shared = add_ten;
	ops = (struct ops){ .op = add_one };
	other_set(add_one);
	CHECK(total(1) == 11 + 11 + 3 * 11 + 2 + 2 + 2);
	CHECK_KEY(&local, add_ten);
	CHECK_KEY(&shared, add_ten);
	CHECK_KEY(&ops.op, add_one);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
