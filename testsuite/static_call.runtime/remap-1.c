/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that says so never has text that is writable: it is patched where that is forbidden. */
/* { dg-do run } */
/* { dg-require-effective-target seccomp } */
/* { dg-skip-if "starts itself again" { *-*-* } { "-shared" } } */
#include "check.h"
#include "seccomp.h"
#include <unistd.h>

STATIC_CALL_KEY_TEXT_NEVER_WRITABLE;

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		char *again[] = { argv[0], (char *)"again", NULL };

		if (forbid_writing_text())
			UNSUPPORTED("the kernel has no seccomp filters");
		execv("/proc/self/exe", again);
		CHECK(0);
	}
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	key = one;
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106 && static_call_key_verify() == 0);
	return 0;
}
