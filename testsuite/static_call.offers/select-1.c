/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When main begins, and in constructors, a key holds the best offer whose predicate holds;
 * offers may stand in units of their own, and go to members, elements and static keys.
 */
/* { dg-do run } */
/* { dg-additional-sources "select-1-other.c" } */
#include "check.h"
#include "select-1.h"

NOIPA int generic(int x)
{
	return x + 1;
}

NOIPA static int low(int x)
{
	return x + 2;
}

NOIPA static int high(int x)
{
	return x + 3;
}

NOIPA static int highest(int x)
{
	return x + 4;
}

static int asked_yes, asked_no;

static int yes(void)
{
	asked_yes++;
	return -1;
}

static int no(void)
{
	asked_no++;
	return 0;
}

int (*key)(int) STATIC_CALL_KEY = generic;
struct ops ops STATIC_CALL_KEY = { generic, { generic, generic } };
static int (*quiet)(int) STATIC_CALL_KEY = generic;
int (*never)(int) STATIC_CALL_KEY = generic;
int (*none)(int) STATIC_CALL_KEY;
extern int (*absent)(int) STATIC_CALL_KEY __attribute__((weak));
NOIPA int absent_function(int x) __attribute__((weak));

STATIC_CALL_KEY_OFFER(key, low, 0, -2147483647 - 1);
STATIC_CALL_KEY_OFFER(key, high, yes, 2147483647);
STATIC_CALL_KEY_OFFER(key, low, NULL, 0);
STATIC_CALL_KEY_OFFER(ops.member, low, NULL, -5);
STATIC_CALL_KEY_OFFER(ops.member, highest, no, 5);
STATIC_CALL_KEY_OFFER(ops.table[1], high, NULL, 0);
STATIC_CALL_KEY_OFFER(quiet, high, NULL, 0);
STATIC_CALL_KEY_OFFER(never, high, no, 0);
STATIC_CALL_KEY_OFFER(none, absent_function, NULL, 20);
STATIC_CALL_KEY_OFFER(none, low, NULL, 10);
STATIC_CALL_KEY_OFFER(absent, low, yes, 10);

NOIPA int work(int x)
{
	return key(x) + 10 * ops.member(x) + 100 * ops.table[1](x) + 1000 * quiet(x);
}

static int early;

__attribute__((constructor)) static void begin(void)
{
	early = work(0);
}

int main(void)
{
	if (!CHECK_PATCHED) {
		CHECK(early == 1111 && work(0) == 1111 && !none && never == generic);
		CHECK(other == generic && other_work(0) == 1);
		CHECK(!asked_yes && !asked_no);
		CHECK(static_call_key_select(&key) < 0 && static_call_key_select(NULL) < 0);
		CHECK(key == generic);
		return 0;
	}
	CHECK(asked_yes == 1 && asked_no == 2);
	CHECK(early == 3323 && work(0) == 3323);
	CHECK_KEY(&key, high);
	CHECK_KEY(&ops.member, low);
	CHECK_KEY(&ops.table[1], high);
	CHECK(ops.table[0] == generic);
	CHECK_KEY(&quiet, high);
	CHECK(never == generic && none == low);
	CHECK_KEY(&other, other_best);
	CHECK(other_work(0) == 7);
	CHECK(&absent == NULL);
	return 0;
}
