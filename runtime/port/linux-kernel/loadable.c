// SPDX-License-Identifier: MIT
/*
 * loadable.c - the runtime as a module, static_call_key.ko, of a kernel that knows
 * nothing of it.
 */
#include <linux/module.h>

#include "linux-kernel.h"

static int __init runtime_init(void)
{
	int err = scrt_poke_init();

	scrt_steer_init();
	return err ? err : scrt_modules_init();
}

/* Modules that are left go on through their trampolines. */
static void __exit runtime_exit(void)
{
	scrt_modules_exit();
	scrt_lock_exit();
}

module_init(runtime_init);
module_exit(runtime_exit);
MODULE_DESCRIPTION("Direct calls through function pointers, retargeted at run time");
MODULE_LICENSE("Dual MIT/GPL");
