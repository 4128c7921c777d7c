/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Threads call through sites of every kind while another retargets their keys. */
/* { dg-do run } */
/* { dg-timeout 60 3600 } */
/* { dg-output "calls \[1-9\]\[0-9\]*, updates \[1-9\]\[0-9\]*: steady \[0-9\]+, old \[0-9\]+, new \[0-9\]+, other 0\[\r\n\]" } */
/* { dg-final { direct-in call_plain call_tail call_loop call_member call_null call_null_tail } } */
#include "stress.h"

/* stress-2.c has targets of its own. */
#ifndef TARGET
#define TARGET(i) \
	NOIPA static unsigned long target_##i(unsigned long x) { return x ^ COOKIE(i); }
#endif
/*
 * Every other one lies in a section whose start has zeros where .text has none: so the
 * displacements of targets that follow each other differ in several bytes, and half of
 * one with half of another leads to neither.
 */
#define FAR __attribute__((section(".text.far")))

FAR __attribute__((used, aligned(0x10000))) NOIPA static void far_start(void)
{
}

TARGET(0)
FAR TARGET(1)
TARGET(2)
FAR TARGET(3)
TARGET(4)
FAR TARGET(5)
TARGET(6)
FAR TARGET(7)

static const fn targets[TARGETS] = {
	target_0, target_1, target_2, target_3, target_4, target_5, target_6, target_7,
};

struct ops {
	char pad[56];
	fn call;
};

fn plain STATIC_CALL_KEY = target_0;
static fn tail STATIC_CALL_KEY = target_0;
static fn loop STATIC_CALL_KEY = target_0;
static struct ops ops STATIC_CALL_KEY = { "", target_0 };
fn nullable STATIC_CALL_KEY_NOP_IF_NULL = target_0;
fn nullable_tail STATIC_CALL_KEY_NOP_IF_NULL = target_0;

#define KEYS 6
static fn *const keys[KEYS] = { &plain, &tail, &loop, &ops.call, &nullable, &nullable_tail };

/* The target of the n-th update of a key; the last two keys are NULL at times. */
static int choose(unsigned int key, unsigned long n)
{
	return key >= 4 && n % TARGETS == 5 ? NO_TARGET : (int)(n % TARGETS);
}

NOIPA static unsigned long tail_caller(unsigned long x)
{
	return tail(x);
}

NOIPA static unsigned long null_tail_caller(unsigned long x)
{
	return nullable_tail(x);
}

/* Each makes BATCH calls. */
NOIPA void call_plain(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i += 8) {
		r[i] = plain(x);
		r[i + 1] = plain(x);
		r[i + 2] = plain(x);
		r[i + 3] = plain(x);
		r[i + 4] = plain(x);
		r[i + 5] = plain(x);
		r[i + 6] = plain(x);
		r[i + 7] = plain(x);
	}
}

NOIPA void call_tail(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = tail_caller(x);
}

NOIPA void call_loop(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = loop(x);
}

NOIPA void call_member(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i += 2) {
		r[i] = ops.call(x);
		r[i + 1] = ops.call(x);
	}
}

NOIPA void call_null(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = nullable(x);
}

NOIPA void call_null_tail(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = null_tail_caller(x);
}

static void (*const callers[KEYS])(unsigned long *, unsigned long) = {
	call_plain, call_tail, call_loop, call_member, call_null, call_null_tail,
};

static const struct stress stress = { KEYS, keys, callers, targets, choose };

int main(void)
{
	unsigned int i;

	for (i = 0; i < KEYS; i++)
		CHECK_KEY(keys[i], target_0);
	stress_run(&stress);
	for (i = 0; i < 4; i++)
		CHECK_KEY(keys[i], *keys[i]);
	return 0;
}
