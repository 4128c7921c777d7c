/* SPDX-License-Identifier: GPL-2.0-or-later */
/* static_call_key_why: one reason for each key that is not patched, with a sentence of its own. */
/* { dg-do run } */
/* { dg-require-effective-target seccomp } */
/* { dg-skip-if "starts itself again" { *-*-* } { "-shared" } } */
#define _GNU_SOURCE
#include "check.h"
#include "seccomp.h"
#include <static_call_abi.h>
#include <sys/mman.h>
#include <unistd.h>

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*null)(int) STATIC_CALL_KEY;
int (*far)(int) STATIC_CALL_KEY = one;
int (*unused)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100 * far(x);
}

NOIPA int call_null(int x)
{
	return null(x) + 1;
}

/* mov %edi, %eax; ret: more than 2 GiB away. */
static int (*far_function(void))(int)
{
	static const unsigned char code[] = { 0x89, 0xf8, 0xc3 };
	void *p = mmap((void *)0x300000000000, 4096, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED && !check_reaches((const void *)work, p));
	memcpy(p, code, sizeof(code));
	CHECK(mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0);
	return (int (*)(int))p;
}

int main(int argc, char **argv)
{
	static struct static_call_key_module unknown;

	if (argc < 2) {
		char *again[] = { argv[0], (char *)"again", NULL };

		CHECK_KEY(&key, one);
		CHECK(static_call_key_why(&key) == 0);
		CHECK(static_call_key_why(&null) == -61);
		CHECK(static_call_key_why(&unused) == -2);
		CHECK(static_call_key_update(&far, far_function()) == 0);
		CHECK(work(5) == 506);
		CHECK(static_call_key_why(&far) == -34);
		CHECK(static_call_key_update(&far, one) == 0);
		CHECK(static_call_key_why(&far) == 0);
		CHECK(static_call_key_update(&null, one) == 0);
		CHECK(static_call_key_why(&null) == 0 && call_null(1) == 3);
		CHECK(static_call_key_why(NULL) == 0);
		CHECK(static_call_key_rt_register(&unknown) == -22);
		CHECK(static_call_key_why(NULL) == -22);
		CHECK(static_call_key_why(&unused) == -22);
		if (forbid_writing_text())
			UNSUPPORTED("the kernel has no seccomp filters");
		execv("/proc/self/exe", again);
		CHECK(0);
	}
	CHECK(work(5) == 606);
	CHECK(static_call_key_why(&key) == -13);
	CHECK(static_call_key_why(&unused) == -2);
	return 0;
}
