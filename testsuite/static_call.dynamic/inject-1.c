/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is to be right whatever the kernel refuses the runtime: each call reaches the function
 * that it was made with, while calls are learned, forgotten, saved and loaded, in a child too.
 * Each error that a function returns is printed, to be compared with what static_call_dynamic.h
 * says.
 */
#define _GNU_SOURCE
#include <string.h>
#include <sys/wait.h>

#include "dynamic.h"

STATES;
NAMED(ops, thunk);
CALL(call, jump);
TAIL(tail, thunk);
NAMED_CALL(named, ops);
MODULE

static void told(const char *function, long err)
{
	if (err < 0)
		printf("%s %s\n", function, strerrorname_np(-err) ?: "?");
}

static int see(const struct static_call_dynamic_info *info, void *data)
{
	(void)info, (void)data;
	return 0;
}

static void calls(unsigned int first, long n)
{
	static const caller fns[] = { call, tail, named };
	unsigned int i;

	for (i = 0; i < 3; i++)
		make_calls(fns[i], first + i, n);
}

static void all_functions(const char *file)
{
	struct static_call_dynamic_stats stats;

	told("static_call_dynamic_learn", static_call_dynamic_learn());
	calls(4, 3000);
	told("static_call_dynamic_stats", static_call_dynamic_stats(&stats));
	told("static_call_dynamic_for_each", static_call_dynamic_for_each(see, NULL));
	told("static_call_dynamic_save", static_call_dynamic_save(file));
	told("static_call_dynamic_load", static_call_dynamic_load(file));
	calls(8, 12000);
	told("static_call_dynamic_freeze", static_call_dynamic_freeze());
	calls(2, 100);
}

int main(int argc, char **argv)
{
	const char *file = argc > 1 ? argv[1] : "inject.text";
	int status;
	pid_t pid;

	static_call_key_rt_register(&module);
	calls(0, 3000);
	all_functions(file);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		all_functions(file);
		fflush(stdout);
		_exit(0);
	}
	CHECK(pid > 0 && waitpid(pid, &status, 0) == pid && !status);
	static_call_key_rt_unregister(&module);
	calls(1, 10);
	unlink(file);
	return 0;
}
