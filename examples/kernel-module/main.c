// SPDX-License-Identifier: MIT
/* main.c - a module that works once quietly and once loudly, when it is loaded. */
#include <linux/init.h>
#include <linux/module.h>
#include "log_hook.h"

static void log_quiet(const char *text)
{}

static void log_loud(const char *text)
{
	pr_info("log_hook: %s\n", text);
}

void (*log_hook)(const char *text) = log_quiet;

static int __init log_hook_start(void)
{
	int err;

	work();
	err = static_call_key_update(&log_hook, log_loud);
	if (err)
		return err;
	work();
	return 0;
}

static void __exit log_hook_stop(void)
{}

module_init(log_hook_start);
module_exit(log_hook_stop);
MODULE_DESCRIPTION("A hook that is called directly");
MODULE_LICENSE("Dual MIT/GPL");
