/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mprotect stops working at a chosen point: before registration, after it, only
 * for opening, only for closing. Each case runs in a child.
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
SITE_CALL(call_key, key);
long call_key(long);
MODULE

#define NO_OPEN		1
#define NO_CLOSE	2

static void forbid(int what)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_mprotect, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, what & NO_OPEN ? 7 : 255, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, what & NO_CLOSE ? 5 : 255, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOTSUP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(filter) / sizeof(filter[0]), filter };

	CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	CHECK(!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog));
}

static int text_is_writable(void)
{
	FILE *f = fopen("/proc/self/maps", "r");
	unsigned long lo, hi;
	char perms[8], line[512];
	int yes = -1;

	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx-%lx %4s", &lo, &hi, perms) == 3 &&
		    lo <= (unsigned long)call_key && (unsigned long)call_key < hi)
			yes = perms[1] == 'w';
	fclose(f);
	return yes;
}

static int patched(void)
{
	return !(site_nth(&key, 0).flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE);
}

/* Updates take effect through the pointer; nothing is stale. */
static void check_degraded(void)
{
	CHECK(!static_call_key_rt_register(&module));
	CHECK(!patched() && call_key(0) == 1);
	CHECK(!static_call_key_update(&key, f2) && key == f2 && call_key(0) == 2);
	CHECK(!patched() && static_call_key_verify() == 0);
	key = f1;
	static_call_key_rt_store(&key, sizeof(key));
	CHECK(call_key(0) == 1 && !static_call_key_sync(&key, 8) && !static_call_key_verify());
	static_call_key_rt_unregister(&module);
	CHECK(call_key(0) == 1 && !text_is_writable());
}

static void before(void)
{
	forbid(NO_OPEN | NO_CLOSE);
	check_degraded();
}

static void before_mdwe(void)
{
	if (prctl(65 /* PR_SET_MDWE */, 1, 0, 0, 0)) {
		puts("SKIPPED: no PR_SET_MDWE");
		return;
	}
	check_degraded();
}

static void before_mseal(void)
{
	uintptr_t page = (uintptr_t)call_key & ~4095ul;

	if (syscall(462 /* mseal */, page, 4096, 0)) {
		puts("SKIPPED: no mseal");
		return;
	}
	check_degraded();
}

static void after_open(void)
{
	CHECK(!static_call_key_rt_register(&module) && patched());
	forbid(NO_OPEN);
	CHECK(static_call_key_update(&key, f2) == -ENOTSUP);
	CHECK(key == f1 && call_key(0) == 1 && static_call_key_verify() == 0);
	CHECK(!static_call_key_update(&key, f1));	/* changes no byte */
	key = f2;
	CHECK(static_call_key_sync(&key, 8) == -ENOTSUP);
	CHECK(call_key(0) == 1 && static_call_key_verify() == 1);
	key = f1;
	CHECK(!static_call_key_sync(&key, 8) && !text_is_writable());
}

/* A store that sites cannot follow stops the program, with one line. */
static void after_store(void)
{
	CHECK(!static_call_key_rt_register(&module) && patched());
	forbid(NO_OPEN);
	key = f2;
	static_call_key_rt_store(&key, sizeof(key));
}

/* The window stays open: an update goes back, a store goes on. */
static void after_close(void)
{
	CHECK(!static_call_key_rt_register(&module) && patched());
	forbid(NO_CLOSE);
	CHECK(static_call_key_update(&key, f2) == -ENOTSUP);
	CHECK(key == f1 && call_key(0) == 1 && static_call_key_verify() == 0);
	CHECK(site_nth(&key, 0).destination == (void *)f1);
	CHECK(text_is_writable());
	CHECK(static_call_key_update(&key, f2) == -ENOTSUP);
	CHECK(key == f1 && call_key(0) == 1);
	key = f2;
	static_call_key_rt_store(&key, sizeof(key));
	CHECK(call_key(0) == 2 && static_call_key_verify() == 0);
}

static int run(void (*fn)(void))
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		fn();
		exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	return status;
}

int main(void)
{
	int status;

	CHECK(run(before) == 0);
	CHECK(run(before_mdwe) == 0);
	CHECK(run(before_mseal) == 0);
	CHECK(run(after_open) == 0);
	CHECK(run(after_close) == 0);
	fflush(stdout);
	fputs("expect a line: ", stderr);
	status = run(after_store);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL);
	puts("ok");
	return 0;
}
