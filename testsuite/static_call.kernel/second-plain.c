// SPDX-License-Identifier: GPL-2.0-or-later
/* A part that is not compiled with the plugin: an indirect call of the same key. */
#include <static_call.h>
#include <linux/static_call.h>

extern int (*sckt_hook)(int) __static_call_keyed;
int second_plain(int x);

int second_plain(int x)
{
	return sckt_hook(x);
}
