/* SPDX-License-Identifier: GPL-2.0-or-later */
/* See main.c. */
#include "check.h"
#include "keys.h"

int named(int x)
{
	return x + 1;
}

NOIPA int other(int x)
{
	return x + 2;
}

NOIPA int other_work(int x)
{
	return key(x) + 100;
}
