/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inlined function is seen by a debugger as any other. */
#include <static_call.h>

volatile int state;

static int add(int x)
{
	state = x; /* here */
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = add;

__attribute__((noipa)) int work(int x)
{
	return key(x) * 3;
}

int main(void)
{
	return work(5) != 18;
}
