/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key that was never initialised, and set before the first call. */
/* { dg-do run } */
#include "check.h"

NOIPA static int seven(void)
{
	return 7;
}

int (*key)(void) STATIC_CALL_KEY;

NOIPA int work(void)
{
	return key() + 1;
}

int main(void)
{
	CHECK(key == NULL);
	CHECK(static_call_key_update(&key, seven) == 0);
	CHECK_KEY(&key, seven);
	CHECK(work() == 8);
	return 0;
}
