/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key in a section of its own, which the linker puts right behind .data. */
#include <static_call.h>

static int one(int x)
{
	return x + 1;
}

__attribute__((section("apart"))) int (*key)(int) STATIC_CALL_KEY = one;

int main(void)
{
	return key(1) != 2;
}
