/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

extern int (*key)(int) STATIC_CALL_KEY;

NOIPA int library_work(int x)
{
	return key(x) + 200;
}
