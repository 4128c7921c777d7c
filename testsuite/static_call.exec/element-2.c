/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Elements with variable index: indirect, right, and reported with that reason. */
/* { dg-do run } */
/* { dg-final { scan-function work {(call|jmp)q? +\*} } } */
/* { dg-final { scan-report {"function":"work",.*"result":"indirect","reason":"variable-index"} } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*table[4])(int) STATIC_CALL_KEY = { one, two, one, two };

NOIPA int work(int i, int x)
{
	return table[i](x) + 1;
}

int main(void)
{
	int i;

	for (i = 0; i < 4; i++)
		CHECK(work(i, 5) == (i & 1 ? 11 : 7));
	CHECK(static_call_key_update(&table[2], two) == 0);
	CHECK(work(2, 5) == 11);
	table[3] = one;
	CHECK(work(3, 5) == 7);
	return 0;
}
