/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The system refuses what learning takes, from the start (MDWE) or at some time: calls reach
 * their functions all the same, and are learned if that is possible without. Arguments: "mdwe",
 * or: are calls to be learned (1), the error, the numbers of system calls.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "dynamic.h"

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#endif

STATES;
NAMED(ops, thunk);
CALL(call, thunk);
TAIL(tail, thunk);
NAMED_CALL(named, ops);
CALL(before, thunk);
MODULE

static void deny(const char *error, int n, char **numbers)
{
	struct sock_filter filter[32];
	struct sock_fprog prog = { .filter = filter };
	int i;

	filter[prog.len++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
							  offsetof(struct seccomp_data, nr));
	for (i = 0; i < n && i < 14; i++) {
		filter[prog.len++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
								  atoi(numbers[i]), 0, 1);
		filter[prog.len++] = (struct sock_filter)BPF_STMT(
			BPF_RET | BPF_K, SECCOMP_RET_ERRNO | atoi(error));
	}
	filter[prog.len++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog)) {
		puts("UNSUPPORTED: the kernel has no seccomp filters");
		exit(0);
	}
}

int main(int argc, char **argv)
{
	static const caller fns[] = { call, tail, named };
	struct static_call_dynamic_stats stats;
	int mdwe = argc > 1 && !strcmp(argv[1], "mdwe"), want = !mdwe && atoi(argv[1]), i, n, err;

	if (mdwe && prctl(PR_SET_MDWE, 1, 0, 0, 0)) {
		puts("UNSUPPORTED: the kernel has no MDWE");
		return 0;
	}
	CHECK(!static_call_key_rt_register(&module));
	make_calls(before, 1, 20000);
	CHECK(learned(before, 1, 1) == !mdwe);
	if (!mdwe)
		deny(argv[2], argc - 3, argv + 3);
	for (i = 0; i < 3; i++) {
		make_calls(fns[i], i, 40000);
		for (n = 0; n < 160; n++)
			check_call(fns[i], n, n % 16);
		make_calls(before, i, 20000);
	}
	for (i = 0; i < 3; i++)
		CHECK(learned(fns[i], 1, i) == want);
	CHECK(!static_call_dynamic_stats(&stats));
	if (!want)
		CHECK(stats.why < 0 && stats.off == 1 && !module.learn);
	else
		CHECK(!stats.why && !stats.off);
	/* It says why, and tries again. */
	err = static_call_dynamic_learn();
	CHECK(want ? err == 0 : err < 0);
	for (i = 0; i < 3; i++)
		make_calls(fns[i], 5, 20000);
	static_call_key_rt_unregister(&module);
	for (i = 0; i < 3; i++)
		for (n = 0; n < 5000; n++)
			check_call(fns[i], n, n % 16);
	printf("ok %d\n", stats.why);
	return 0;
}
