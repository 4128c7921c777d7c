/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key that two units declare with different types. */
/* { dg-do run } */
/* { dg-skip-if "NULL calls fault without the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
/* { dg-additional-sources "nop-if-null-8-other.c" } */
#include "check.h"

NOIPA static long one(long x)
{
	return x + 1;
}

void (*hook)(long) STATIC_CALL_KEY_NOP_IF_NULL;
long other_work(long x);

NOIPA void work(long x)
{
	hook(x);
}

int main(void)
{
	work(0x123456789);
	CHECK(other_work(0x123456789) == 1000);
	hook = (void (*)(long))(void (*)(void))one;
	CHECK_SITES(&hook, one, 2);
	CHECK(other_work(5) == 1006);
	hook = NULL;
	CHECK(other_work(0x123456789) == 1000);
	return 0;
}
