/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sites of a key that are far apart: text between them is not touched. With more of them than
 * there are windows, some are opened together; what is refused or forked in the middle is as
 * it is elsewhere.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "enough.h"
#include "sites.h"
#include "maps.h"

#define FAR __asm__(".pushsection .text,\"ax\",@progbits\n .p2align 12\n .zero 0xa0000\n .popsection\n")

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn two = f1, many = f1;
KEY(two, 0);
KEY(many, 0);
SITE_CALL(two_1, two);
FAR;
SITE_CALL(many_1, many);
FUNCTION(between, "ret\n");
FAR;
SITE_CALL(two_2, two);
SITE_CALL(many_2, many);
FAR;
SITE_CALL(many_3, many);
FAR;
SITE_CALL(many_4, many);
FAR;
SITE_CALL(many_5, many);
FAR;
SITE_CALL(many_6, many);
long two_1(long), two_2(long), between(long);
long many_1(long), many_2(long), many_3(long), many_4(long), many_5(long), many_6(long);
MODULE_AUTO

static const fn all_many[] = { many_1, many_2, many_3, many_4, many_5, many_6 };
static sigjmp_buf back;
static int stop;

static void fault(int sig)
{
	siglongjmp(back, sig);
}

static int is_writable(fn function)
{
	volatile char *p = (volatile char *)((uintptr_t)function & ~4095ul) + 4095;

	if (sigsetjmp(back, 1))
		return 0;
	*p = *p;
	return 1;
}

static void check(fn of_two, fn of_many)
{
	size_t i;

	CHECK(two == of_two && two_1(0) == of_two(0) && two_2(0) == of_two(0));
	for (i = 0; i < sizeof(all_many) / sizeof(*all_many); i++)
		CHECK(many == of_many && all_many[i](0) == of_many(0));
	CHECK(static_call_key_verify() == 0);
}

static void refused(void)
{
	struct rlimit none = { 4096, 4096 };
	int status;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		CHECK(!setrlimit(RLIMIT_DATA, &none));
		CHECK(static_call_key_update(&many, f2) == -ENOMEM);
		check(f1, f1);
		CHECK(!text_is_writable());
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status);
}

static void *updater(void *arg)
{
	unsigned long n = 0;

	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		CHECK(!static_call_key_update(&many, n & 1 ? f1 : f2));
		two = n++ & 1 ? f1 : f2;
		static_call_key_rt_store(&two, sizeof(two));
	}
	return arg;
}

static void forked(void)
{
	pthread_t thread;
	int status, i;
	pid_t pid;

	CHECK(!pthread_create(&thread, NULL, updater, NULL));
	time_limit(2);
	for (i = 0; i < 200 && !time_is_over(); i++) {
		pid = fork();
		CHECK(pid >= 0);
		if (!pid) {
			CHECK(static_call_key_verify() == 0 && !text_is_writable());
			check(two, many);
			CHECK(!static_call_key_update(&many, f2) && !static_call_key_update(&two, f1));
			check(f1, f2);
			_exit(0);
		}
		CHECK(waitpid(pid, &status, 0) == pid && !status);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	pthread_join(thread, NULL);
	CHECK(!text_is_writable());
	saw_at_least(10, i, "forks");
}

int main(void)
{
	CHECK(module.runtime);
	CHECK(signal(SIGSEGV, fault) != SIG_ERR);
	check(f1, f1);
	CHECK(!mprotect((void *)((uintptr_t)between & ~4095ul), 4096,
			PROT_READ | PROT_WRITE | PROT_EXEC));
	CHECK(!static_call_key_update(&two, f2));
	check(f2, f1);
	CHECK(is_writable(between) && !is_writable(two_1) && !is_writable(two_2));
	two = f1;
	static_call_key_rt_store(&two, sizeof(two));
	check(f1, f1);
	CHECK(is_writable(between));
	/* This one has a site there. */
	CHECK(!static_call_key_update(&many, f2));
	check(f1, f2);
	CHECK(!is_writable(between) && !text_is_writable());
	CHECK(!static_call_key_update(&many, f1));
	refused();
	forked();
	puts("ok");
	return 0;
}
