/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Defines the keys and calls through them; stores of all kinds, that saw the tags. */
#include "tagged.h"

#ifdef ELSEWHERE
function other KEY = one;
#else
function hook KEY = one, other KEY = one;
#endif
function table[4] KEY = { one, one, one, one };
struct ops ops KEY = { 0, one, one };
function *where = &hook;

int one(int x)
{
	return x + 1;
}

int two(int x)
{
	return x + 2;
}

void use(function *key)
{
	*key = two;
}

static __attribute__((noinline)) void local(function f)
{
	hook = f;
	use(&other);
	__atomic_exchange_n(&ops.second, f, __ATOMIC_SEQ_CST);
}

__attribute__((cold, noreturn)) void stop(void);

__attribute__((noinline)) void part(int x)
{
	if (__builtin_expect(x == 77, 0)) {
		other = two;
		one(1);
		use(&hook);
		one(2);
	}
	table[x & 3] = two;
	ops.first = ops.second = two;
	table[1] = table[2] = two;
}

void none(void);

int main(int argc, char **argv)
{
	(void)argv;
	local(two);
	part(argc);
	none();
	return hook(1) + other(1) + table[2](1) + ops.first(1) + ops.second(1);
}
