/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Modules that refer to nothing of the runtime, so that it may come and go. Whether
 * they are patched is told from the bytes of a site.
 */
#include <linux/init.h>
#include <linux/stacktrace.h>
#include <static_call.h>

#include "test.h"

static noinline int one(int x)
{
	return x + 1;
}

static unsigned long entries[8];
static unsigned int nentries;

static noinline int trace(int x)
{
	nentries = stack_trace_save(entries, ARRAY_SIZE(entries), 0);
	return x + 2;
}

static int (*hook)(int) __static_call_keyed = one;

static noinline int call_hook(int x)
{
	int r = hook(x);

	barrier();
	return r;
}

/* Does call_hook() call fn? Its first call may be one of ftrace's. */
static bool calls(const void *fn)
{
	const u8 *code = (const u8 *)call_hook;
	int i;

	OPTIMIZER_HIDE_VAR(code); /* objtool takes an address in it for a target */
	for (i = 0; i < 32; i++)
		if (sckt_branches_to(code + i, fn))
			return true;
	return false;
}

static bool called_by(unsigned int level, const void *function)
{
	return level < nentries && entries[level] - (unsigned long)function < 512;
}

static bool patched(void)
{
	sckt_expect(hook == one && calls(one) && call_hook(1) == 2);
	return true;
}

/* Through the trampoline: right, whatever the pointer holds, and visible to the unwinder. */
static bool trampoline(void)
{
	sckt_expect(hook == one && !calls(one) && call_hook(1) == 2);
	sckt_store_unseen(&hook, trace);
	nentries = 0;
	sckt_expect(call_hook(1) == 3);
	sckt_store_unseen(&hook, one);
	sckt_expect(called_by(0, trace) && called_by(1, call_hook) && called_by(2, trampoline));
	return true;
}

static const struct sckt_test tests[] = {
	{ "patched", patched },
	{ "trampoline", trampoline },
	{ "late", trampoline }, /* a runtime that came after the module */
};
SCKT_TESTS(tests);

static int __init calls_init(void)
{
	return 0;
}

static void __exit calls_exit(void)
{
}

module_init(calls_init);
module_exit(calls_exit);
MODULE_DESCRIPTION("static_call: calls only");
MODULE_LICENSE("GPL");
