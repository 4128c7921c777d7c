/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is to be right whatever the kernel refuses the runtime: a call reaches what
 * its key holds, a failed update has changed nothing, a store is followed. Each error
 * that a function returns is printed, to be compared with what static_call.h says.
 *
 * Where sites cannot be written any more and a store has changed their key, the runtime
 * stops the program, with a line that says so.
 */
#define _GNU_SOURCE
#include <sys/wait.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1, other = f1;
KEY(key, 0);
KEY(other, 0);
SITE_CALL(call_key, key);
SITE_TAIL(tail_key, key, 0);
SITE_CALL(call_other, other);
long call_key(long), tail_key(long), call_other(long);
MODULE

static long told(const char *function, long err)
{
	if (err < 0)
		printf("%s %s\n", function, strerrorname_np(-err) ?: "?");
	return err;
}

static void check(void)
{
	CHECK(call_key(0) == key(0) && tail_key(0) == key(0) && call_other(0) == other(0));
}

static int see_key(const struct static_call_key_info *info, void *data)
{
	(void)info, (void)data;
	return 0;
}

static int see_site(const struct static_call_key_site_info *info, void *data)
{
	(void)info, (void)data;
	return 0;
}

static void all_functions(fn new)
{
	struct static_call_key_change c[] = {
		{ &key, (static_call_key_fn)f1 }, { &other, (static_call_key_fn)new },
	};
	struct static_call_key_info info;
	fn old = key;
	int err;

	err = told("static_call_key_update_many", static_call_key_update(&key, new));
	CHECK(key == (err ? old : new));
	check();
	old = other;
	err = told("static_call_key_update_many", static_call_key_update_many(c, 2));
	CHECK(err ? other == old : key == f1 && other == new);
	check();
	told("static_call_key_sync", static_call_key_sync(&key, sizeof(key)));
	check();
	key = key == f1 ? f2 : f1;
	static_call_key_rt_store(&key, sizeof(key));
	check();
	told("static_call_key_verify", static_call_key_verify());
	told("static_call_key_query", static_call_key_query(&key, &info));
	told("static_call_key_why", static_call_key_why(&key));
	told("static_call_key_for_each", static_call_key_for_each(see_key, NULL));
	told("static_call_key_for_each_site", static_call_key_for_each_site(&key, see_site, NULL));
	check();
}

int main(void)
{
	int status;
	pid_t pid;

	setvbuf(stdout, NULL, _IOLBF, 0);
	static_call_key_rt_register(&module);
	check();
	all_functions(f2);
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		all_functions(f1);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && !WEXITSTATUS(status));
	all_functions(f1);
	static_call_key_rt_unregister(&module);
	check();
	key = f2;
	check();
	puts("ok");
	return 0;
}
