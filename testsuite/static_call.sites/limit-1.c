/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * RLIMIT_DATA leaves no room for text that is writable: an update fails, says so, and
 * changes nothing. A plain store stops the program where it would call what was replaced,
 * and only there: sites that are as linked go through the pointer.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "sites.h"

#define PAGE __asm__(".pushsection .text,\"ax\",@progbits\n .p2align 12\n .popsection\n")

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
PAGE;
SITE_CALL(call_key, key);
PAGE;
long call_key(long);
MODULE_AUTO

static void limit(rlim_t bytes)
{
	struct rlimit r;

	CHECK(!getrlimit(RLIMIT_DATA, &r));
	r.rlim_cur = bytes < r.rlim_max ? bytes : r.rlim_max;
	CHECK(!setrlimit(RLIMIT_DATA, &r));
}

static int store(int dropped)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		close(2);
		if (dropped)
			CHECK(!madvise((void *)((uintptr_t)call_key & ~4095ul), 4096,
				       MADV_DONTNEED));
		key = f2;
		static_call_key_rt_store(&key, sizeof(key));
		_exit(call_key(0) == 2 && static_call_key_verify() == 0 ? 0 : 1);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	return status;
}

int main(void)
{
	int err, status;

	CHECK(module.runtime && call_key(0) == 1);
	limit(4096); /* 0 is not obeyed */
	err = static_call_key_update(&key, f2);
	CHECK(err == -ENOMEM && key == f1 && call_key(0) == 1 && static_call_key_verify() == 0);
	CHECK(strstr(static_call_key_strerror(err), "RLIMIT_DATA"));
	status = store(0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL);
	CHECK(store(1) == 0);
	limit(RLIM_INFINITY);
	CHECK(!static_call_key_update(&key, f2) && call_key(0) == 2);
	puts("ok");
	return 0;
}
