/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An exception out of the target, or out of any instruction of the trampoline, is caught. */
/* { dg-do run } */
/* { dg-skip-if "there is no trampoline" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
/* { dg-additional-options "-fnon-call-exceptions" } */
/* { dg-final { check-static-call } } */
#include "unwind.h"

struct arrived { };
struct interrupted { };

static int destroyed;

struct guard {
	~guard() { destroyed++; }
};

TRACED static long target(long x)
{
	trap_off();
	if (x)
		throw arrived();
	return 0;
}

long (*key)(long) STATIC_CALL_KEY = target;
long (*null_key)(long) STATIC_CALL_KEY_NOP_IF_NULL = target;

enum { RETURNED, ARRIVED, INTERRUPTED };

template <long (**K)(long)> TRACED static int work(long x)
{
	guard g;

	try {
		trap_on();
		(*K)(x);
		trap_off();
	} catch (const interrupted &) {
		return INTERRUPTED;
	} catch (const arrived &) {
		return ARRIVED;
	}
	return RETURNED;
}

/* Instructions of the trampoline that still run before one throws. */
static int countdown;

static void step(int, siginfo_t *, void *context)
{
	void *ip = reinterpret_cast<void *>(trap_ip(context));
	void *function = _Unwind_FindEnclosingFunction(static_cast<char *>(ip) + 1);

	if (trap_is_own(function) || function == reinterpret_cast<void *>(target) ||
	    function == reinterpret_cast<void *>(work<&key>) ||
	    function == reinterpret_cast<void *>(work<&null_key>))
		return;
	if (countdown-- == 0)
		throw interrupted();
}

/* Throw at the first, the second, ... instruction until none is left; returns how many. */
static int throw_everywhere(int (*caller)(long), long x, int last)
{
	int n, result;

	for (n = 0; n < 100; n++) {
		countdown = n;
		destroyed = 0;
		result = caller(x);
		CHECK(destroyed == 1);
		if (result != INTERRUPTED) {
			CHECK(result == last);
			return n;
		}
	}
	CHECK(!"no end of it");
	return n;
}

int main()
{
	trap_handle(step);
	CHECK_KEY(&key, target);
	CHECK_KEY(&null_key, target);
	for (long x = 0; x < 2; x++) {
		int last = x ? ARRIVED : RETURNED;
		int one = throw_everywhere(work<&key>, x, last);
		int other = throw_everywhere(work<&null_key>, x, last);
#ifdef TEST_NO_RUNTIME
		CHECK(one >= 1 && other >= 4);
#else
		CHECK(one == 0 && other == 0);
#endif
	}
	CHECK(static_call_key_update(&null_key, static_cast<long (*)(long)>(nullptr)) == 0);
#ifdef TEST_NO_RUNTIME
	CHECK(throw_everywhere(work<&null_key>, 1, RETURNED) >= 5);
#else
	CHECK(throw_everywhere(work<&null_key>, 1, RETURNED) == 2); /* xor and ret */
#endif
	return 0;
}
