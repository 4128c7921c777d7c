/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "library-2.h"

NOIPA int library_target(int x)
{
	return x;
}

NOIPA int library_work(int x)
{
	return key(x) + 200;
}
