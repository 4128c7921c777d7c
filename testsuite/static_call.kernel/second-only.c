// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * By the declaration that a module sees it may call through a key of another, and not change it,
 * as through a static call whose trampoline alone is exported.
 */
#include <static_call.h>

extern int (*const sckt_hook)(int) __static_call_keyed;

int second_only(int x);

int second_only(int x)
{
	return sckt_hook(x) + 1;
}
