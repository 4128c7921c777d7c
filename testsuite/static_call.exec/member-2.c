/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tagged variable of struct type: all its function pointers are keys, nested ones too. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
/* { dg-final { check-static-call } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

struct irq_ops {
	long spare;
	int (*save)(int);
	int (*restore)(int);
};

struct ops {
	const char *name;
	int (*call)(int);
	struct irq_ops irq;
	struct {
		struct irq_ops inner[2];
	} deep;
};

struct ops ops STATIC_CALL_KEY = {
	.name = "ops",
	.call = one,
	.irq = { .save = two, .restore = one },
	.deep.inner = { { .save = one, .restore = one }, { .save = two, .restore = two } },
};

struct ops untagged = { .call = one };

NOIPA int work(int x)
{
	return ops.call(x) + 10 * ops.irq.save(x) + 100 * ops.irq.restore(x) +
		1000 * ops.deep.inner[0].save(x) + 100000 * ops.deep.inner[1].restore(x);
}

NOIPA int work_untagged(int x)
{
	return untagged.call(x) + 1;
}

int main(void)
{
	CHECK_KEY(&ops.call, one);
	CHECK_KEY(&ops.irq.save, two);
	CHECK_KEY(&ops.irq.restore, one);
	CHECK_KEY(&ops.deep.inner[0].save, one);
	CHECK_KEY(&ops.deep.inner[1].restore, two);
	CHECK(work(2) == 3 + 40 + 300 + 3000 + 400000);
	CHECK(static_call_key_update(&ops.irq.save, one) == 0);
	CHECK(static_call_key_update(&ops.deep.inner[1].restore, one) == 0);
	CHECK_KEY(&ops.irq.save, one);
	CHECK_KEY(&ops.deep.inner[1].restore, one);
	CHECK_KEY(&ops.call, one);
	CHECK(work(2) == 3 + 30 + 300 + 3000 + 300000);
	CHECK(work_untagged(2) == 4);
	if (CHECK_PATCHED) {
		struct static_call_key_info info;

		CHECK(static_call_key_query(&untagged.call, &info) < 0);
		CHECK(static_call_key_query(&ops.deep.inner[0].restore, &info) < 0);
	}
	return 0;
}
