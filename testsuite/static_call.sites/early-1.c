/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A module registers, nearly all of whose pages have sites: its text is opened before they are
 * looked at. A child that is forked then, of another thread, finds it closed with its first
 * call of the runtime, and goes on through the trampolines; the parent is patched.
 */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>

#include "sites.h"
#include "maps.h"

#define ROUNDS 600

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1, crossing = f1;
KEY(key, 0);
KEY(crossing, 0);
SITES_CALLED(all, key, ROUNDS, 40);
/* Never to be patched: that is known only when it has been looked at. */
SITE_CROSSING(call_crossing, crossing);
long all(long), call_crossing(long);
MODULE

static int opened, forked;

static void nap(void)
{
	struct timespec t = { 0, 1000000 };

	nanosleep(&t, NULL);
}

static void trap(int sig, siginfo_t *si, void *context)
{
	greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;

	(void)sig, (void)si;
	__atomic_store_n(&opened, 1, __ATOMIC_SEQ_CST);
	while (!__atomic_load_n(&forked, __ATOMIC_SEQ_CST))
		nap();
	r[REG_RAX] = -EINVAL;
}

static void *registers(void *arg)
{
	CHECK(!static_call_key_rt_register(&module));
	return arg;
}

static size_t patched(void)
{
	struct static_call_key_info info;

	CHECK(!static_call_key_query(&key, &info) && info.sites == ROUNDS && !info.stale);
	return info.patched;
}

static void child(void)
{
	CHECK(all(0) == ROUNDS && call_crossing(0) == 1);
	CHECK(static_call_key_verify() == 0 && !text_is_writable());
	CHECK(patched() == 0);
	CHECK(!static_call_key_update(&key, f2) && all(0) == 2 * ROUNDS);
	crossing = f2;
	static_call_key_rt_store(&crossing, sizeof(crossing));
	CHECK(call_crossing(0) == 2 && patched() == 0 && !text_is_writable());
	_exit(0);
}

int main(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_madvise, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 23 /* MADV_POPULATE_WRITE */, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(filter) / sizeof(filter[0]), filter };
	struct sigaction sa = { .sa_sigaction = trap, .sa_flags = SA_SIGINFO };
	pthread_t thread;
	int status, i;
	pid_t pid;

	sigaction(SIGSYS, &sa, NULL);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog)) {
		puts("UNSUPPORTED: the kernel has no seccomp filters");
		return 0;
	}
	CHECK(!pthread_create(&thread, NULL, registers, NULL));
	for (i = 0; i < 10000 && !__atomic_load_n(&opened, __ATOMIC_SEQ_CST); i++)
		nap();
	CHECK(opened && text_is_writable());
	pid = fork();
	CHECK(pid >= 0);
	if (!pid)
		child();
	CHECK(waitpid(pid, &status, 0) == pid && !status);
	__atomic_store_n(&forked, 1, __ATOMIC_SEQ_CST);
	CHECK(!pthread_join(thread, NULL));
	CHECK(patched() == ROUNDS && !text_is_writable());
	CHECK(all(0) == ROUNDS && call_crossing(0) == 1);
	CHECK(!static_call_key_update(&key, f2) && all(0) == 2 * ROUNDS);
	puts("ok");
	return 0;
}
