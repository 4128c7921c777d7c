/* SPDX-License-Identifier: GPL-2.0-or-later */
/* _Unwind_Backtrace from the target, and from every instruction on the way to it and back. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "unwind.h"

TRACED static long target(long x);
TRACED static long null_target(long x);
TRACED static long run(long x);

long (*key)(long) STATIC_CALL_KEY = target;
#ifdef TEST_NO_PLUGIN
long (*null_key)(long) STATIC_CALL_KEY = null_target;
#else
long (*null_key)(long) STATIC_CALL_KEY_NOP_IF_NULL = null_target;
#endif

TRACED static long work(long x)
{
	long sum = key(x);

	return sum + null_key(x + 1) * 10;
}

TRACED static long outer(long x)
{
	return work(x) + 1;
}

static void take(struct stack *s, uintptr_t ip)
{
	s->depth = 0;
	s->interrupted = -1;
	s->ip = ip;
	_Unwind_Backtrace(add_frame, s);
}

static int from_target;

static void check_target(const void *self)
{
	struct stack s;
	int i;

	take(&s, 0);
	for (i = 0; i + 2 < s.depth && s.function[i] != self; i++)
		;
	CHECK(s.function[i] == self);
	CHECK(s.function[i + 1] == work);
	CHECK(s.function[i + 2] == outer);
	from_target++;
}

/* Its own steps are not looked at: what it calls has a stack of its own. */
TRACED static long target(long x)
{
	trap_off();
	check_target(target);
	trap_on();
	return x + 1;
}

TRACED static long null_target(long x)
{
	trap_off();
	check_target(null_target);
	trap_on();
	return x + 2;
}

static int steps, elsewhere;

static void step(int number, siginfo_t *info, void *context)
{
	struct stack s;
	const void **f;

	(void)number, (void)info;
	take(&s, trap_ip(context));
	CHECK(s.interrupted >= 0);
	f = s.function + s.interrupted;
	steps++;
	if (trap_is_own(f[0]))
		return;
	CHECK(s.interrupted + 2 < s.depth);
	if (f[0] == work) {
		CHECK(f[1] == outer);
	} else if (f[0] == target || f[0] == null_target) {
		CHECK(f[1] == work && f[2] == outer);
	} else if (f[0] != outer && f[0] != run) {
		/* A trampoline: a frame of its own, and that of the site. */
		elsewhere++;
		CHECK(f[0] != NULL);
		CHECK(f[1] == work && f[2] == outer);
	}
}

TRACED static long run(long x)
{
	long result;

	steps = elsewhere = 0;
	trap_on();
	result = outer(x);
	trap_off();
	CHECK(steps > 10);
	return result;
}

int main(void)
{
	trap_handle(step);
	CHECK_KEY(&key, target);
	CHECK_KEY(&null_key, null_target);
	CHECK(run(5) == 6 + 80 + 1 && from_target == 2);
#if defined TEST_NO_RUNTIME && !defined TEST_NO_PLUGIN
	CHECK(elsewhere >= 4);
#else
	CHECK(elsewhere == 0);
#endif
#ifndef TEST_NO_PLUGIN
	CHECK(static_call_key_update(&null_key, NULL) == 0);
	CHECK(run(5) == 6 + 1 && from_target == 3);
#endif
	return 0;
}
