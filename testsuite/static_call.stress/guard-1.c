/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads call through guards, with one function inlined and with several, while another
 * retargets their keys, to these functions and to others.
 */
/* { dg-do run } */
/* { dg-timeout 60 3600 } */
/* { dg-output "calls \[1-9\]\[0-9\]*, updates \[1-9\]\[0-9\]*: steady \[0-9\]+, old \[0-9\]+, new \[0-9\]+, other 0\[\r\n\]" } */
#include "stress.h"

/* Slow paths are far from the guards: so their displacements differ in several bytes. */
__attribute__((section(".text.unlikely"), used, aligned(0x10000))) NOIPA
static void far_start(void)
{
}

#define TARGET(i) static unsigned long target_##i(unsigned long x) { return x ^ COOKIE(i); }
TARGET(0)
TARGET(1)
TARGET(2)
TARGET(3)
TARGET(4)
TARGET(5)
TARGET(6)
TARGET(7)

static const fn targets[TARGETS] = {
	target_0, target_1, target_2, target_3, target_4, target_5, target_6, target_7,
};

struct ops {
	char pad[56];
	fn call STATIC_CALL_KEY_INLINE(target_3, target_0);
};

fn one STATIC_CALL_KEY_INLINE(target_0) = target_0;
fn four STATIC_CALL_KEY_INLINE(target_0, target_2, target_5, target_6) = target_0;
static fn loop STATIC_CALL_KEY_INLINE(target_0, target_1, target_2, target_3) = target_0;
static fn tail STATIC_CALL_KEY_INLINE(target_4, target_0, target_5) = target_0;
static struct ops ops = { "", target_0 };
fn null STATIC_CALL_KEY_NOP_IF_NULL STATIC_CALL_KEY_INLINE(target_0, NULL, target_1) = target_0;

#define KEYS 6
#define NULL_KEY 5
static fn *const keys[KEYS] = { &one, &four, &loop, &tail, &ops.call, &null };

/*
 * The target of the n-th update of a key. The first key comes back to the function that is
 * inlined by each second update, so that its guards are no-ops and branches by turns.
 */
static int choose(unsigned int key, unsigned long n)
{
	if (key == 0 && n % 2 == 0)
		return 0;
	return key == NULL_KEY && n % TARGETS == 5 ? NO_TARGET : (int)(n % TARGETS);
}

#define NOT_INLINED __attribute__((noinline, noclone))

NOT_INLINED static unsigned long tail_caller(unsigned long x)
{
	return tail(x);
}

/* Each makes BATCH calls. */
NOT_INLINED void call_one(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i += 4) {
		r[i] = one(x);
		r[i + 1] = one(x);
		r[i + 2] = one(x);
		r[i + 3] = one(x);
	}
}

NOT_INLINED void call_four(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i += 2) {
		r[i] = four(x);
		r[i + 1] = four(x);
	}
}

NOT_INLINED void call_loop(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = loop(x);
}

NOT_INLINED void call_tail(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = tail_caller(x);
}

NOT_INLINED void call_member(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = ops.call(x);
}

NOT_INLINED void call_null(unsigned long *r, unsigned long x)
{
	int i;

	for (i = 0; i < BATCH; i++)
		r[i] = null(x);
}

static void (*const callers[KEYS])(unsigned long *, unsigned long) = {
	call_one, call_four, call_loop, call_tail, call_member, call_null,
};

static const struct stress stress = { KEYS, keys, callers, targets, choose };

struct seen {
	unsigned int guards, inlined;
};

static int see(const struct static_call_key_site_info *info, void *data)
{
	struct seen *seen = (struct seen *)data;

	seen->guards += !!(info->flags & STATIC_CALL_KEY_SITE_INFO_GUARD);
	seen->inlined += !!(info->flags & STATIC_CALL_KEY_SITE_INFO_INLINED);
	return 0;
}

/* Has the key guards, and do they all lead to inlined code, or none? */
static void check_guards(fn *key, int inlined)
{
	struct seen seen = { 0, 0 };

	CHECK(static_call_key_for_each_site(key, see, &seen) == 0);
	CHECK(seen.guards > 0 && seen.inlined == (inlined ? seen.guards : 0));
}

int main(void)
{
	unsigned int i;

	for (i = 0; i < KEYS; i++)
		check_guards(keys[i], 1);
	stress_run(&stress);
	for (i = 0; i < KEYS; i++) {
		CHECK(static_call_key_update(keys[i], target_7) == 0);
		check_guards(keys[i], 0);
	}
	return 0;
}
