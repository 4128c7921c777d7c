// SPDX-License-Identifier: GPL-2.0-or-later
/* Keys whose calls leave most registers alone, as those of the kernel's own assembly do. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <static_call.h>

#include "test.h"

#define FEW STATIC_CALL_KEY_CLOBBERS("rax", "r11")

static noinline long first(long x) FEW;
static noinline long first(long x)
{
	return 3 * x;
}

/* Has to save all that scnprintf() may change. */
static char text[32];

static noinline long second(long x) FEW;
static noinline long second(long x)
{
	scnprintf(text, sizeof(text), "%ld", x);
	return 5 * x;
}

static noinline long any(long x)
{
	return 7 * x;
}

static long (*quiet)(long) FEW __static_call_keyed = first;

/* a ... f live in registers that any other call may change. */
static __attribute__((noipa)) long around(long a, long b, long c, long d, long e, long f)
{
	long r = quiet(a);

	return r + 1000 * a + 10000 * b + 100000 * c + 1000000 * d + 10000000 * e + 100000000 * f;
}

/* More values than there are registers that every call keeps, and no argument among them. */
static __attribute__((noipa)) long around_many(const long *p)
{
	long a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], f = p[5], g = p[6];
	long h = p[7], i = p[8], j = p[9], k = p[10], l = p[11], r = quiet(1);

	return r + a * b + c * d + e * f + g * h + i * j + k * l;
}

/*
 * The same while ftrace traces the functions of this module. What it does where a function is entered
 * may change %r10 and %r11, and where one returns, all registers but those of the result.
 */
static bool traced(void)
{
	static const long p[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };

	sckt_expect(around_many(p) == 325);
	sckt_expect(static_call_key_update(&quiet, second) == 0);
	sckt_expect(around_many(p) == 327 && !strcmp(text, "1"));
	sckt_expect(static_call_key_update(&quiet, first) == 0);
	sckt_expect(around_many(p) == 325 && static_call_key_verify() == 0);
	return true;
}

static bool clobbers(void)
{
	static_call_key_fn hidden = (static_call_key_fn)any;
	int err;

	/* What GCC can see, it refuses itself. */
	OPTIMIZER_HIDE_VAR(hidden);

	sckt_expect(around(1, 2, 3, 4, 5, 6) == 654321003);
	sckt_expect(static_call_key_update(&quiet, second) == 0);
	sckt_expect(around(1, 2, 3, 4, 5, 6) == 654321005 && !strcmp(text, "1"));
	err = static_call_key_set(&quiet, hidden);
	sckt_expect(err == -EOPNOTSUPP);
	sckt_expect(quiet == second && around(1, 2, 3, 4, 5, 6) == 654321005);
	sckt_expect(static_call_key_update(&quiet, first) == 0);
	sckt_expect(around(1, 2, 3, 4, 5, 6) == 654321003 && static_call_key_verify() == 0);
	return true;
}

static const struct sckt_test tests[] = { { "clobbers", clobbers }, { "traced", traced } };
SCKT_TESTS(tests);

static int __init clobbers_init(void)
{
	return 0;
}

static void __exit clobbers_exit(void)
{
}

module_init(clobbers_init);
module_exit(clobbers_exit);
MODULE_DESCRIPTION("static_call: known clobber sets");
MODULE_LICENSE("GPL");
