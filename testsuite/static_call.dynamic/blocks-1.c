/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Several targets: up to six are compared, the most frequent first; those that are seldom are
 * not, nor is any where they are too many. Then the call jumps by itself, or by way of the
 * thunk, as it did. Comparisons lie so that processors can tell their branches apart.
 *
 * nobodies: STATIC_CALL says that a site is to stay a branch; then it leads to a jump, and may have
 * a block if one target is the usual one.
 */
#include "dynamic.h"

STATES;
CALL(two, thunk);
CALL(two_jump, jump);
NAMED(asked, jump);
NAMED_CALL(two_asked, asked);
CALL(usual, jump);
CALL(six, thunk);
CALL(skewed, thunk);
CALL(many, jump);
TAIL(many_tail, jump);
CALL(many_thunk, thunk);
CALL(half_thunk, thunk);
CALL(half, jump);
MODULE_AUTO

/* Targets 0 ... n - 1 in turn. */
static void in_turn(caller fn, unsigned int n, long count)
{
	long i;

	for (i = 0; i < count; i++)
		check_call(fn, i, i % n);
}

/* Target n is called 2^-n of the time, but for 8 and more. */
static void halves(caller fn, long count)
{
	long i;

	for (i = 1; i <= count; i++)
		check_call(fn, i, __builtin_ctzl(i | 128));
}

/* One target makes up half of the calls, and sixteen the rest. */
static void one_half(caller fn, long count)
{
	long i;

	for (i = 0; i < count; i++)
		check_call(fn, i, i & 1 ? 0 : i / 2 % 16);
}

int main(int argc, char **argv)
{
	int nobodies = argc > 1 && !strcmp(argv[1], "nobodies");
	target to[6];
	unsigned int i;

	in_turn(two, 2, 40000);
	CHECK(learned(two, 2, 0) || learned(two, 2, 1));
	CHECK(are_apart(two));
	/* Processors predict this jump as well as a comparison: only if the source asks for it, */
	in_turn(two_jump, 2, 40000);
	CHECK(is_left(two_jump) && !led_to(two_jump) == !nobodies);
	in_turn(two_asked, 2, 40000);
	CHECK(compared(led_to(two_asked), to) == 2);
	/* ... or if one is the usual one. */
	for (i = 0; i < 40000; i++)
		check_call(usual, i, i % 10 == 9 ? 3 : 2);
	if (nobodies)
		CHECK(compared(led_to(usual), to) == 2 && to[0] == target_2);
	else
		CHECK(!led_to(usual));
	in_turn(six, 6, 40000);
	CHECK(compared(led_to(six), to) == 6 && are_apart(six));
	halves(skewed, 80000);
	CHECK(compared(led_to(skewed), to) == 6 || compared(led_to(skewed), to) == 5);
	for (i = 0; i < 5; i++)
		CHECK(to[i] == targets[i]);

	in_turn(many, 16, 80000);
	in_turn(many_tail, 16, 80000);
	in_turn(many_thunk, 16, 80000);
	/* As GCC writes an indirect jump. This module has int3 behind it, so a tail call is none. */
	CHECK(is_left(many) && !led_to(many) == !nobodies);
	CHECK(is_left(many_tail) && led_to(many_tail) && led_to(many) != led_to(many_tail));
	/* A retpoline stays one. */
	CHECK(led_to(many_thunk)[0] == 0xe8);
	CHECK(compared(led_to(many_thunk), to) == 0);

	/* Worth it where the rest is a thunk, not where it is a jump. */
	one_half(half_thunk, 80000);
	one_half(half, 80000);
	CHECK(compared(led_to(half_thunk), to) >= 1 && to[0] == target_0);
	CHECK(is_left(half));
	puts("ok");
	return 0;
}
