/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <static_call.h>

/* A function of default visibility that a key holds. */
#ifndef PIC_ATTRIBUTE
#define PIC_ATTRIBUTE
#endif

PIC_ATTRIBUTE int add(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = add;

int work(int x)
{
	return key(x) + 1;
}
