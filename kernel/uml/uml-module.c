// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uml-module.c - a module with sites of its own key and of one of the kernel's.
 * Reading /proc/static_call_key_module prints a line a check.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>

#include "uml-check.h"

static noinline int own_one(int x)
{
	return x + 10;
}

static noinline int own_two(int x)
{
	return x + 20;
}

static int (*own)(int) __static_call_keyed = own_one;
static int seen_in_init;

static noinline int own_called(int x)
{
	return own(x) * 10;
}

static noinline int shared_called(int x)
{
	return uml_shared(x) * 10;
}

static int module_show(struct seq_file *m, void *v)
{
	bool is_two = uml_shared == uml_shared_two;
	struct static_call_key_info info;

	check(m, seen_in_init == 10, "module: its init function called its key");
	check(m,
	      !static_call_key_query(&uml_shared, &info) && info.sites == 1 && info.patched == 1 &&
		      !info.stale,
	      "module: its site of the kernel's key is patched");
	check(m, shared_called(1) == (is_two ? 30 : 20),
	      is_two ? "module: the site follows an update by the kernel"
		     : "module: the site leads where the kernel wants it");
	check(m,
	      !static_call_key_update(&own, own_two) && own_called(1) == 210 &&
		      !static_call_key_query(&own, &info) && info.patched == info.sites &&
		      info.sites == 1,
	      "module: an update of its own key");
	own = own_one;
	check(m, own_called(1) == 110 && !static_call_key_verify(),
	      "module: an assignment to its own key");
	return 0;
}

static int __init module_test_init(void)
{
	seen_in_init = own(0);
	if (!proc_create_single("static_call_key_module", 0400, NULL, module_show))
		return -ENOMEM;
	return 0;
}

static void __exit module_test_exit(void)
{
	remove_proc_entry("static_call_key_module", NULL);
}

module_init(module_test_init);
module_exit(module_test_exit);
MODULE_DESCRIPTION("Call sites in a module, for kernel/uml/run");
MODULE_LICENSE("GPL");
