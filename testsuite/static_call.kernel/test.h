/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results are lines of the kernel log, which the guest has on its console:
 *
 *	static_call_test: PASS: TAG: name
 *
 * TAG tells runs of the same test apart. A test runs when its name is written to
 * the module's parameter run.
 */
#ifndef SCKT_TEST_H
#define SCKT_TEST_H

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include <asm/cpufeature.h>

struct sckt_test {
	const char *name;
	bool (*run)(void);
};

#define sckt_result(name, ok) \
	pr_info("static_call_test: %s: %s: %s\n", (ok) ? "PASS" : "FAIL", tag, (name))

/* In a test: what was wrong, and where. */
#define sckt_expect(condition)                                                             \
	do {                                                                               \
		if (!(condition)) {                                                        \
			pr_info("static_call_test: %s:%d: not so: %s\n", __FILE__, __LINE__, \
				#condition);                                               \
			return false;                                                      \
		}                                                                          \
	} while (0)

/* A store that the plugin does not see, as code without it would make it. */
#define sckt_store_unseen(key, fn)                                         \
	do {                                                               \
		unsigned long place = (unsigned long)(key);                \
                                                                           \
		OPTIMIZER_HIDE_VAR(place);                                 \
		asm volatile("movq %1, (%0)"                               \
			     :                                             \
			     : "r"(place), "r"((void (*)(void))(fn))       \
			     : "memory");                                  \
	} while (0)

/* Call depth tracking (retbleed=stuff): the kernel leads calls to code that counts them. */
static inline bool sckt_calls_are_counted(void)
{
#ifdef X86_FEATURE_CALL_DEPTH
	return boot_cpu_has(X86_FEATURE_CALL_DEPTH);
#else
	return false;
#endif
}

/* Does this instruction lead to the target, or to the code in front of it that counts calls? */
static inline bool sckt_branches_to(const u8 *code, const void *target)
{
	const u8 *to;
	s32 distance;

	if (code[0] != 0xe8 && code[0] != 0xe9)
		return false;
	memcpy(&distance, code + 1, sizeof(distance));
	to = code + 5 + distance;
	OPTIMIZER_HIDE_VAR(target); /* objtool takes addresses near it for targets as well */
	if (sckt_calls_are_counted() && code[0] == 0xe8 &&
	    (to == (const u8 *)target - 9 || to == (const u8 *)target - 10))
		return true;
	return to == (const u8 *)target;
}

/* Once a module. */
#define SCKT_TESTS(tests)                                                            \
	static char *tag = "-";                                                      \
	module_param(tag, charp, 0444);                                              \
                                                                                     \
	static int sckt_run(const char *name, const struct kernel_param *kp)         \
	{                                                                            \
		int i;                                                               \
                                                                                     \
		for (i = 0; i < ARRAY_SIZE(tests); i++) {                            \
			if (!sysfs_streq(name, tests[i].name))                       \
				continue;                                            \
			sckt_result(tests[i].name, tests[i].run());                  \
			return 0;                                                    \
		}                                                                    \
		return -ENOENT;                                                      \
	}                                                                            \
	static const struct kernel_param_ops sckt_run_ops = { .set = sckt_run };     \
	module_param_cb(run, &sckt_run_ops, NULL, 0200)

#endif
