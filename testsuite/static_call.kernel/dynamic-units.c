// SPDX-License-Identifier: GPL-2.0-or-later
/* Dynamic calls of another unit of the same module. */
#include "dynamic-units.h"

noinline int sckt_unit_named(const struct sckt_object *o, int x)
{
	return o->ops->named(x) + 1;
}

noinline int sckt_unit_named_tail(const struct sckt_object *o, int x)
{
	return o->ops->named(x);
}

noinline int sckt_unit_frozen(const struct sckt_object *o, int x)
{
	int r = o->ops->fn(x);

	barrier();
	return r;
}

noinline int sckt_unit_traced(const struct sckt_object *o, int x)
{
	return o->ops->fn(x) + 1;
}

#define TARGET(n)                       \
	static noinline int any_##n(void) \
	{                               \
		return n;               \
	}
#define TARGETS(n) TARGET(n##0) TARGET(n##1) TARGET(n##2) TARGET(n##3)
TARGETS(1)
TARGETS(2)
TARGETS(3)
TARGETS(4)

static int (*const any[])(void) = {
	any_10, any_11, any_12, any_13, any_20, any_21, any_22, any_23,
	any_30, any_31, any_32, any_33, any_40, any_41, any_42, any_43,
};

noinline int sckt_unit_any(int (*fn)(void))
{
	int r = fn();

	barrier();
	return r;
}

bool sckt_unit_call_any(void)
{
	static unsigned int n;
	unsigned int which = n++ % ARRAY_SIZE(any);

	return sckt_unit_any(any[which]) == 10 * (1 + (int)which / 4) + (int)which % 4;
}
