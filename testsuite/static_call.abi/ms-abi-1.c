/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ms_abi targets: other argument registers, shadow space, structures by reference, sret. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define MS __attribute__((ms_abi))

struct pair { long a, b; };

#define PARAMETERS long a, double b, int c, float d, struct pair e, long f, double g, char h

MS NOIPA static struct pair all(PARAMETERS)
{
	return (struct pair){ a + 3 * (long)b + 5 * c + 7 * (long)d,
			      e.a + 3 * e.b + 5 * f + 7 * (long)g + 11 * h };
}

MS NOIPA static struct pair other(PARAMETERS)
{
	return (struct pair){ h + 3 * (long)g + 5 * f + 7 * e.b,
			      e.a + 3 * (long)d + 5 * c + 7 * (long)b + 11 * a };
}

struct pair (MS *key)(PARAMETERS) STATIC_CALL_KEY = all;

#define CALL(f) ({							\
	struct pair r = f(ARG(1), ARG(2.5), ARG(3), ARG(4.5f), (struct pair){ ARG(5), 6 }, \
			  ARG(7), ARG(8.5), ARG(9));			\
	mix(mix(0, r.a), r.b); })

MS NOIPA static int tail_target(int a, int b)
{
	return a * 10 + b;
}

MS NOIPA static int tail_target_other(int a, int b)
{
	return b * 10 + a;
}

int (MS *tail_key)(int, int) STATIC_CALL_KEY = tail_target;

MS NOIPA static int tail(int a, int b)
{
	return tail_key(a + 1, b + 1);
}

int main(void)
{
	COMPARE(key, all, other);
	CHECK_KEY(&tail_key, tail_target);
	CHECK(tail(1, 2) == 23);
	CHECK(static_call_key_update(&tail_key, tail_target_other) == 0);
	CHECK_KEY(&tail_key, tail_target_other);
	CHECK(tail(1, 2) == 32);
	return 0;
}
