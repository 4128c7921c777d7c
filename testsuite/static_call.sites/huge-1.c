/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text on huge pages of hugetlbfs, where a window of small pages cannot be opened: sites
 * that were there before stay as linked, and the program is right; where they come later,
 * updates fail, say so and change nothing, and a plain store stops the program. First as
 * the kernel says it, by a filter, then with real huge pages, where some are free.
 *
 * To be linked with -z max-page-size=2097152, so that the site has such a page alone.
 */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "sites.h"

#define HUGE	(2ul << 20)
#define APART	__asm__(".pushsection .text,\"ax\",@progbits\n .p2align 21\n .popsection\n")

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
APART;
SITE_CALL(call_key, key);
APART;
long call_key(long);
MODULE

static void filter_mprotect(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_mprotect, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(filter) / sizeof(filter[0]), filter };

	CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	CHECK(!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog));
}

static void *huge_page(void)
{
	return mmap(NULL, HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB,
		    -1, 0);
}

static void real_page(void)
{
	void *text = (void *)((uintptr_t)call_key & ~(HUGE - 1));
	void *page = huge_page();

	CHECK(page != MAP_FAILED);
	memcpy(page, text, HUGE);
	CHECK(!mprotect(page, HUGE, PROT_READ | PROT_EXEC));
	CHECK(mremap(page, HUGE, HUGE, MREMAP_MAYMOVE | MREMAP_FIXED, text) == text);
	CHECK(mprotect(text, 4096, PROT_READ) == -1 && errno == EINVAL);
}

static void before(void (*put)(void))
{
	put();
	CHECK(!static_call_key_rt_register(&module));
	CHECK(site_nth(&key, 0).flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE);
	CHECK(static_call_key_why(&key) == -EACCES);
	CHECK(call_key(0) == 1 && !static_call_key_update(&key, f2) && call_key(0) == 2);
	key = f1;
	static_call_key_rt_store(&key, sizeof(key));
	CHECK(call_key(0) == 1 && static_call_key_verify() == 0);
}

static void later(void (*put)(void))
{
	int err;

	CHECK(!static_call_key_rt_register(&module));
	CHECK(!(site_nth(&key, 0).flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE));
	put();
	err = static_call_key_update(&key, f2);
	CHECK(err == -EACCES && key == f1 && call_key(0) == 1 && static_call_key_verify() == 0);
	CHECK(strstr(static_call_key_strerror(err), "change its code"));
}

static void store(void (*put)(void))
{
	CHECK(!static_call_key_rt_register(&module));
	put();
	key = f2;
	close(2);
	static_call_key_rt_store(&key, sizeof(key));
}

static int run(void (*fn)(void (*put)(void)), void (*put)(void))
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		fn(put);
		exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	return status;
}

static void check(void (*put)(void))
{
	int status;

	CHECK(run(before, put) == 0);
	CHECK(run(later, put) == 0);
	status = run(store, put);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL);
}

int main(void)
{
	void *page = huge_page();

	check(filter_mprotect);
	if (page == MAP_FAILED) {
		puts("SKIPPED: no huge page is free");
	} else {
		CHECK(!munmap(page, HUGE));
		check(real_page);
	}
	puts("ok");
	return 0;
}
