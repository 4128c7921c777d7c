// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of keys, and an init function that fails: nothing of it may stay. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/pgtable.h>

static pte_t slot;

static noinline void store(unsigned long value)
{
	set_pte(&slot, native_make_pte(value));
	barrier();
}

static int __init fails_init(void)
{
	store(1);
	set_pte(&slot, native_make_pte(2));
	return native_pte_val(slot) == 2 ? -ENODEV : 0;
}

static void __exit fails_exit(void)
{
	store(3);
}

module_init(fails_init);
module_exit(fails_exit);
MODULE_DESCRIPTION("static_call: an init function that fails");
MODULE_LICENSE("GPL");
