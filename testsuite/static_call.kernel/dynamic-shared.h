/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two modules with calls that share a state of the same name: within each of them, for what
 * one learns goes into code near it.
 */
#include <linux/init.h>
#include <linux/slab.h>

#include "dynamic.h"

struct shared_ops {
	int (*fn)(int) STATIC_CALL_DYNAMIC_AS("sckt shared");
};

static struct shared_ops *ops;

static noinline int here(int x)
{
	return x + SHARED_ADDS;
}

static noinline int elsewhere(int x)
{
	return x - SHARED_ADDS;
}

static noinline int call_shared(int x)
{
	return ops->fn(x) + 1;
}

static noinline int tail_shared(int x)
{
	return ops->fn(x);
}

struct shared_count {
	int states;
	bool here;
};

static int count_shared(const struct static_call_dynamic_info *info, void *data)
{
	struct shared_count *count = data;

	if (!info->name || strcmp(info->name, "sckt shared"))
		return 0;
	count->states++;
	count->here |= info->state == STATIC_CALL_DYNAMIC_LEARNED && info->function[0] == here;
	return 0;
}

static bool knows_here(int states)
{
	struct shared_count count = { 0 };

	return static_call_dynamic_for_each(count_shared, &count) == 0 && count.here &&
	       count.states == states;
}

static bool shared_by(int states)
{
	sckt_expect(sckt_until(call_shared(1) == 2 + SHARED_ADDS, knows_here(states)));
	sckt_expect(tail_shared(1) == 1 + SHARED_ADDS);
	ops->fn = elsewhere;
	sckt_expect(tail_shared(1) == 1 - SHARED_ADDS && call_shared(1) == 2 - SHARED_ADDS);
	ops->fn = here;
	return true;
}

static bool shared_first(void)
{
	return shared_by(1);
}

static bool shared_second(void)
{
	return shared_by(2);
}

static const struct sckt_test tests[] = {
	{ "dynamic_shared_first", shared_first },
	{ "dynamic_shared_second", shared_second },
	{ "dynamic_shared_last", shared_first },
};
SCKT_TESTS(tests);

static int __init shared_init(void)
{
	ops = kzalloc(sizeof(*ops), GFP_KERNEL);
	if (!ops)
		return -ENOMEM;
	ops->fn = here;
	return 0;
}

static void __exit shared_exit(void)
{
	kfree(ops);
}

module_init(shared_init);
module_exit(shared_exit);
MODULE_DESCRIPTION("static_call: a state of the same name in two modules");
MODULE_LICENSE("GPL");
