/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results in memory: the caller's buffer, returned slots, a result that is the next argument. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

struct large {
	long a[5];
};

NOIPA static struct large forward(struct large x, long y)
{
	struct large r;
	int i;

	for (i = 0; i < 5; i++)
		r.a[i] = x.a[i] * 3 + y + i;
	return r;
}

NOIPA static struct large backward(struct large x, long y)
{
	struct large r;
	int i;

	for (i = 0; i < 5; i++)
		r.a[i] = x.a[4 - i] * 5 - y + i;
	return r;
}

struct large (*key)(struct large, long) STATIC_CALL_KEY = forward;
static struct large global = { { 1, 2, 3, 4, 5 } };

#define CALL(f) ({							\
	struct large kept[2];						\
									\
	kept[0] = f(global, ARG(6));					\
	kept[1] = f(f(kept[0], ARG(7)), kept[0].a[2]);			\
	kept[0] = f(kept[0], 8);					\
	mix_bytes(mix_bytes(0, kept, sizeof(kept)), f(global, 9).a, 8); })

/* The tail call hands on the buffer, whose address comes back in %rax. */
NOIPA static struct large tail(struct large x, long y)
{
	return key(x, y + 1);
}

static void check_tail(struct large (*fn)(struct large, long))
{
	struct large a = tail(global, 1), b = fn(global, 2);

	CHECK(memcmp(&a, &b, sizeof(a)) == 0);
}

int main(void)
{
	check_tail(forward);
	COMPARE(key, forward, backward);
	CHECK(static_call_key_update(&key, backward) == 0);
	check_tail(backward);
	return 0;
}
