/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A batch that changes 4,000 keys at once, and the number of system calls does not matter here. */
/* { dg-do run } */
#include "check.h"

#define KEYS 4000

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*table[KEYS])(int) STATIC_CALL_KEY;

#define R1(m, i)	m(i) m(i + 1) m(i + 2) m(i + 3)
#define R2(m, i)	R1(m, i) R1(m, i + 4) R1(m, i + 8) R1(m, i + 12)
#define R3(m, i)	R2(m, i) R2(m, i + 16) R2(m, i + 32) R2(m, i + 48)
#define CALL(i)		sum += table[i](x);

NOIPA int work(int x)
{
	int sum = 0;

	R3(CALL, 0)
	R3(CALL, 2000)
	return sum;
}

int main(void)
{
	static struct static_call_key_change changes[KEYS];
	int i;

	for (i = 0; i < KEYS; i++)
		changes[i] = (struct static_call_key_change){ &table[i], (static_call_key_fn)one };
	CHECK(static_call_key_update_many(changes, KEYS) == 0);
	CHECK(work(5) == 128 * 6);
	CHECK_KEY(&table[2063], one);
	for (i = 0; i < KEYS; i++)
		changes[i].fn = (static_call_key_fn)two;
	CHECK(static_call_key_update_many(changes, KEYS) == 0);
	CHECK(work(5) == 128 * 10);
	for (i = 0; i < 64; i++) {
		CHECK_KEY(&table[i], two);
		CHECK_KEY(&table[2000 + i], two);
		CHECK(table[3999] == two);
	}
	return 0;
}
