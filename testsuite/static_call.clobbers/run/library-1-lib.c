/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

int second(int x) STATIC_CALL_KEY_CLOBBERS("rax", "rcx");
int NOIPA second(int x)
{
	return x + 2;
}

int more(int x) STATIC_CALL_KEY_CLOBBERS("rax", "rcx", "rdx");
int NOIPA more(int x)
{
	return x + 3;
}
