/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a handler that interrupted the runtime, every function answers -EDEADLK and changes nothing. */
/* { dg-do run } */
/* { dg-require-effective-target seccomp } */
#define _GNU_SOURCE
#include "check.h"
#include "seccomp.h"
#include <linux/membarrier.h>
#include <signal.h>
#include <ucontext.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;
static volatile sig_atomic_t handled;

NOIPA int work(int x)
{
	return key(x) + 100;
}

static int ignore_key(const struct static_call_key_info *info, void *data)
{
	(void)info;
	(void)data;
	return 0;
}

static int ignore_site(const struct static_call_key_site_info *info, void *data)
{
	(void)info;
	(void)data;
	return 0;
}

/* The runtime synchronises the cores, as the last that an update does under its lock. */
static int interrupt_runtime(void)
{
	struct sock_filter filter[] = {
		LOAD(nr),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 1, 0),
		ALLOW,
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]), filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static void handler(int number, siginfo_t *info_of_signal, void *context)
{
	greg_t *result = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RAX];
	struct static_call_key_change change = { &key, (static_call_key_fn)one };
	struct static_call_key_info info;

	(void)number;
	(void)info_of_signal;
	*result = -38; /* of the system call */
	if (handled++)
		return;
	CHECK(static_call_key_update(&key, one) == -35);
	CHECK(key == two);
	CHECK(static_call_key_update_many(&change, 1) == -35);
	CHECK(static_call_key_sync(&key, sizeof(key)) == -35);
	CHECK(static_call_key_verify() == -35);
	CHECK(static_call_key_query(&key, &info) == -35);
	CHECK(static_call_key_why(&key) == -35);
	CHECK(static_call_key_for_each(ignore_key, NULL) == -35);
	CHECK(static_call_key_for_each_site(&key, ignore_site, NULL) == -35);
	/* These are safe. */
	CHECK(work(5) == 110);
	CHECK(static_call_key_runtime_present());
	CHECK(static_call_key_strerror(-35) != NULL);
}

int main(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = handler;
	action.sa_flags = SA_SIGINFO;
	CHECK(sigaction(SIGSYS, &action, NULL) == 0);
	CHECK_KEY(&key, one);
	if (interrupt_runtime())
		UNSUPPORTED("the kernel has no seccomp filters");
	CHECK(static_call_key_update(&key, two) == 0);
	if (!handled)
		UNSUPPORTED("the kernel has no membarrier");
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	return 0;
}
