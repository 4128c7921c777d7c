/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program without a libc, built with -nostdlib -static: needs the archive and
 * nothing else. With -Wl,-N its text and data are one writable and executable
 * segment, which must stay so.
 */
#include <asm/unistd.h>
#define syscall3 my_syscall3
static long my_syscall3(long nr, long a, long b, long c)
{
	long r;

	__asm__ volatile("syscall" : "=a"(r) : "a"(nr), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
	return r;
}
#include "sites.h"
#undef CHECK
#define CHECK(cond) do { if (!(cond)) my_syscall3(__NR_exit, __LINE__, 0, 0); } while (0)

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
SITE_CALL(call_key, key);
SITE_TAIL(tail_key, key, 0);
long call_key(long), tail_key(long);
MODULE

__attribute__((used)) static void run(void)
{
	struct static_call_key_info info;

	CHECK(!static_call_key_rt_register(&module) && module.runtime);
	CHECK(!static_call_key_query(&key, &info) && info.sites == 2 && info.patched == 2);
	CHECK(!static_call_key_update(&key, f2) && call_key(0) == 2 && tail_key(0) == 2);
	key = f1;
	static_call_key_rt_store(&key, sizeof(key));
	CHECK(call_key(0) == 1 && tail_key(0) == 1 && !static_call_key_verify());
	my_syscall3(__NR_write, 1, (long)"ok\n", 3);
	my_syscall3(__NR_exit, 0, 0, 0);
}

__asm__(".globl _start\n_start: xor %ebp, %ebp\n and $-16, %rsp\n call run\n hlt\n");
