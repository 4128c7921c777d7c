/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A variable of the program in %r11: calls of a key leave it alone, on their way through the trampoline too. */
/* { dg-do run } */
#include "check.h"

register long counter __asm__("r11"); /* { dg-warning "call-clobbered" } */

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;
void (*hook)(int, int) STATIC_CALL_KEY;
static int hooked;

NOIPA static void count(int a, int b)
{
	hooked += a == b;
}

NOIPA static long run(int n, int with)
{
	int i, sum = 0;

	counter = 7;
	for (i = 0; i < n; i++) {
		sum += key(i);
		if (with)
			hook(i, i);
		counter++;
	}
	return sum + counter;
}

int main(void)
{
	CHECK(run(10, 0) == 55 + 17);
	hook = count;
	CHECK(run(10, 1) == 55 + 17 && hooked == 10);
	return 0;
}
