/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys in weak objects that nobody defines: the program starts and runs. */
/* { dg-do run } */
#include "check.h"

struct ops {
	int (*first)(int);
	int (*second)(int);
};

extern struct ops ops STATIC_CALL_KEY __attribute__((weak));
extern int (*hook)(int) STATIC_CALL_KEY __attribute__((weak));

NOIPA int work(int x)
{
	if (&ops)
		return ops.second(x);
	if (&hook)
		return hook(x);
	return x;
}

int main(void)
{
	CHECK(work(3) == 3);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
