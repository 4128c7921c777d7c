// SPDX-License-Identifier: GPL-2.0-or-later
/* Call sites of every kind, each in a function of its own. The API's header comes first. */
#include "keys.h"
#include <linux/compiler.h>
#include <linux/static_call.h>

noinline int sckt_call(int x)
{
	int r = sckt_hook(x);

	barrier();
	return r;
}

noinline int sckt_tail(int x)
{
	return sckt_hook(x);
}

noinline int sckt_call_other(int x)
{
	int r = sckt_other(x);

	barrier();
	return r;
}

noinline void sckt_notify(int x)
{
	sckt_event(x);
	barrier();
}

noinline void sckt_notify_tail(int x)
{
	sckt_event(x);
}

noinline int sckt_filtered(int x)
{
	int r = sckt_filter(x);

	barrier();
	return r;
}

noinline int sckt_filtered_tail(int x)
{
	return sckt_filter(x);
}

noinline int sckt_ops_call(int x)
{
	return sckt_ops.open(x) + sckt_ops.file.read(x);
}

noinline int sckt_ops_tail(int x)
{
	return sckt_ops.file.read(x);
}

/* More than a page of the runtime's or the kernel's own queues holds. */
#define FOUR(x) x x x x

int sckt_counter;

noinline int sckt_count_all(void)
{
	sckt_counter = 0;
	FOUR(FOUR(FOUR(FOUR(sckt_count();) sckt_count();)))
	return sckt_counter;
}
