/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without the runtime no key can be sealed, and the program is told. */
/* { dg-do run } */
#include "check.h"
#include <errno.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

int main(void)
{
	CHECK(static_call_key_seal(&key) == (CHECK_PATCHED ? 0 : -ENOSYS));
	CHECK(static_call_key_update(&key, two) == (CHECK_PATCHED ? -EPERM : 0));
	CHECK_KEY(&key, CHECK_PATCHED ? one : two);
	CHECK(work(5) == (CHECK_PATCHED ? 106 : 110));
	return 0;
}
