// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Functions of one instruction, which stand in the site where nothing but the runtime writes it
 * (poke=store, poke=stop), and are called otherwise. Only what nobody traces is such a function.
 */
#include <linux/init.h>
#include <linux/irqflags.h>
#include <static_call.h>

#include "test.h"

static noinline int long_one(int x)
{
	barrier();
	return x * 3 + 1;
}

static noinline void long_event(int *x)
{
	barrier();
	*x = *x * 3 + 1;
}

static notrace int same(int x)
{
	return x;
}

static notrace int seven(int x)
{
	return 7;
}

static notrace void nothing(int *x)
{
}

static notrace void clear(int *x)
{
	*(u8 *)x = 0;
}

static notrace void interrupts_off(int *x)
{
	asm volatile("cli");
}

static int (*value)(int) __static_call_keyed = long_one;
static void (*event)(int *) __static_call_keyed = long_event;

static __attribute__((noipa)) int call_value(int x)
{
	int r = value(x);

	barrier();
	return r + 100;
}

static __attribute__((noipa)) int tail_value(int x)
{
	return value(x);
}

static __attribute__((noipa)) int call_event(int x)
{
	event(&x);
	barrier();
	return x + 100;
}

static bool in_place;

/* A call holds the body, or not; a tail call never does. */
static int check_site(const struct static_call_key_site_info *info, void *data)
{
	bool is = info->flags & STATIC_CALL_KEY_SITE_INFO_BODY;

	if (info->flags & STATIC_CALL_KEY_SITE_INFO_GUARD)
		return 0;
	if (info->flags & STATIC_CALL_KEY_SITE_INFO_TAIL)
		return is;
	return is != in_place || (is && *(const u8 *)info->site == 0xe8);
}

static bool right(const void *key)
{
	struct static_call_key_info info;

	sckt_expect(!static_call_key_for_each_site(key, check_site, NULL));
	sckt_expect(static_call_key_query(key, &info) == 0);
	sckt_expect(info.patched == info.sites && info.stale == 0);
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

static bool bodies(void)
{
	unsigned long flags;
	bool off;
	int r;

	sckt_expect(static_call_key_update(&value, same) == 0 && right(&value));
	sckt_expect(call_value(5) == 105 && tail_value(5) == 5);
	sckt_expect(static_call_key_update(&value, seven) == 0 && right(&value));
	sckt_expect(call_value(5) == 107 && tail_value(5) == 7);
	sckt_expect(static_call_key_update(&value, long_one) == 0);
	sckt_expect(call_value(5) == 116 && tail_value(5) == 16);
	sckt_expect(static_call_key_update(&event, nothing) == 0 && right(&event));
	sckt_expect(call_event(5) == 105);
	sckt_expect(static_call_key_update(&event, clear) == 0 && right(&event));
	sckt_expect(call_event(5) == 100);
	sckt_expect(static_call_key_update(&event, interrupts_off) == 0 && right(&event));
	local_irq_save(flags);
	local_irq_enable();
	r = call_event(5);
	off = irqs_disabled();
	local_irq_restore(flags);
	sckt_expect(r == 105 && off);
	sckt_expect(static_call_key_update(&event, long_event) == 0 && call_event(5) == 116);
	return true;
}

static bool bodies_called(void)
{
	in_place = false;
	return bodies();
}

static bool bodies_in_place(void)
{
	in_place = true;
	return bodies();
}

static const struct sckt_test tests[] = {
	{ "bodies_called", bodies_called },
	{ "bodies_in_place", bodies_in_place },
};
SCKT_TESTS(tests);

static int __init bodies_init(void)
{
	return 0;
}

static void __exit bodies_exit(void)
{
}

module_init(bodies_init);
module_exit(bodies_exit);
MODULE_DESCRIPTION("static_call: functions of one instruction");
MODULE_LICENSE("GPL");
