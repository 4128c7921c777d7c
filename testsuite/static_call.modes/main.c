/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C program of modes.exp. */
#include "keys.h"

static NOIPA int add_one(int x)
{
	return x + 1;
}

static NOIPA int add_ten(int x)
{
	return x + 10;
}

function *global_key STATIC_CALL_KEY = add_one;
static function *local_key STATIC_CALL_KEY = add_one;
static function *array[3] STATIC_CALL_KEY = { add_one, add_ten, add_one };
static void (*optional)(int *) STATIC_CALL_KEY_NOP_IF_NULL;
static int (*wide)(int, int, int, int, int, int, int, double) STATIC_CALL_KEY;

static int seen;

static NOIPA void see(int *x)
{
	seen += *x;
}

static NOIPA int sum_wide(int a, int b, int c, int d, int e, int f, int g, double h)
{
	return a + b + c + d + e + f + g * 10 + (int)h;
}

static __attribute__((cold)) NOIPA void complain(void)
{
	seen += 1000;
}

/* The cold path holds sites too. */
static NOIPA int rarely(int x)
{
	int sum = global_key(x);

	if (__builtin_expect(x > 50, 0)) {
		complain();
		sum += local_key(x) * 2 + global_key(sum);
		complain();
		sum += array[2](x);
	}
	return sum;
}

static NOIPA int tail(int x)
{
	return global_key(x * 2);
}

static NOIPA int total(int n)
{
	int sum = 0;
	int i;

#ifdef _OPENMP
#pragma omp parallel for reduction(+ : sum) num_threads(2)
#endif
	for (i = 0; i < n; i++)
		sum += global_key(i) + local_key(i) * array[1](i);
	optional(&sum);
	return sum + array[2](n) + wide(1, 2, 3, 4, 5, 6, n, 8.5);
}

static int expected_total(function *global, function *local, function *one, function *two, int n)
{
	int sum = 0;
	int i;

	for (i = 0; i < n; i++)
		sum += global(i) + local(i) * one(i);
	return sum + two(n) + 21 + n * 10 + 8;
}

static void check(function *global, function *local, function *one, function *two)
{
	CHECK_SITES(&global_key, global, 4);
	CHECK_SITES(&local_key, local, 2);
	CHECK_KEY(&array[1], one);
	CHECK_SITES(&array[2], two, 2);
	CHECK(total(9) == expected_total(global, local, one, two, 9));
	CHECK(tail(4) == global(8));
	CHECK(rarely(5) == global(5));
	seen = 0;
	CHECK(rarely(60) == global(60) + local(60) * 2 + global(global(60)) + two(60));
	CHECK(seen == 2000);
}

EXPORT int main(void)
{
	static function *const none[3];
	static function *const tens[3] = { add_ten, add_ten, add_ten };

	CHECK(static_call_key_update(&wide, sum_wide) == 0);
	check(add_one, add_one, add_ten, add_one);
	other_check(NULL, NULL, NULL);
	CHECK(both_units(1) == 108 && other(1) == 108 + 101 + 3003 && other_tail(1) == 102);
	CHECK_SITES(&shared, shared, 2);

	CHECK(static_call_key_update(&global_key, add_ten) == 0);
	local_key = add_ten;
	memcpy(array, tens, sizeof(array));
	check(add_ten, add_ten, add_ten, add_ten);
	table = (struct table){ 2, { add_one } };
	other_change(add_ten);
	other_check(add_ten, add_ten, add_one);
	CHECK(both_units(1) == 18 && other(1) == 18 + 2 + 33 && other_tail(1) == 3);

	seen = 0;
	optional = see;
	CHECK_KEY(&optional, see);
	CHECK(total(2) == seen + 12 + 21 + 20 + 8 && seen == 10 + 11 + 100 + 121);
	optional = NULL;
	CHECK(total(2) == 242 + 12 + 21 + 20 + 8);
	memcpy(array, none, sizeof(array));
	array[1] = array[2] = add_one;
	check(add_ten, add_ten, add_one, add_one);

	other_change(NULL);
	other_check(NULL, NULL, add_one);
	CHECK(other(1) == 108 + 2 + 3003);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
