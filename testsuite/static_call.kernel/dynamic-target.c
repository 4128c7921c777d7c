// SPDX-License-Identifier: GPL-2.0-or-later
/* A function that dynamic calls of another module learn, and that goes again. */
#include <linux/init.h>
#include <linux/module.h>

/* Of sckt_dynamic.ko; this module knows nothing of dynamic calls. */
void sckt_dynamic_register(int (*fn)(int), int adds);

static int adds = 1;
module_param(adds, int, 0444);

static noinline int target(int x)
{
	return x + adds;
}

static int __init target_init(void)
{
	sckt_dynamic_register(target, adds);
	return 0;
}

static void __exit target_exit(void)
{
	sckt_dynamic_register(NULL, 0);
}

module_init(target_init);
module_exit(target_exit);
MODULE_DESCRIPTION("static_call: a function that is learned");
MODULE_LICENSE("GPL");
