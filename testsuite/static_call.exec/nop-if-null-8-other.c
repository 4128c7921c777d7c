/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

extern long (*hook)(long) STATIC_CALL_KEY_NOP_IF_NULL;

NOIPA long other_work(long x)
{
	return hook(x) + 1000;
}
