/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that cannot be written from the start: trampolines, and updates work by the pointer. */
/* { dg-do run } */
/* { dg-require-effective-target seccomp } */
/* { dg-skip-if "starts itself again" { *-*-* } { "-shared" } } */
#include "check.h"
#include "seccomp.h"
#include <unistd.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*stored)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100 * stored(x);
}

static void check_unpatched(const void *address, int (*fn)(int))
{
	struct static_call_key_info info;

	CHECK(static_call_key_query(address, &info) == 0);
	CHECK(info.target == (static_call_key_fn)fn);
	CHECK(info.sites == 1 && info.patched == 0 && info.stale == 0);
}

int main(int argc, char **argv)
{
	struct static_call_key_change changes[2] = {
		{ &key, (static_call_key_fn)one }, { &stored, (static_call_key_fn)one },
	};

	if (argc < 2) {
		char *again[] = { argv[0], (char *)"again", NULL };

		CHECK_KEY(&key, one);
		if (forbid_writing_text())
			UNSUPPORTED("the kernel has no seccomp filters");
		execv("/proc/self/exe", again);
		CHECK(0);
	}
	CHECK(static_call_key_runtime_present());
	check_unpatched(&key, one);
	check_unpatched(&stored, one);
	CHECK(work(5) == 606);
	CHECK(static_call_key_update(&key, two) == 0);
	check_unpatched(&key, two);
	CHECK(work(5) == 610);
	stored = two;
	check_unpatched(&stored, two);
	CHECK(work(5) == 1010);
	CHECK(static_call_key_update_many(changes, 2) == 0);
	CHECK(work(5) == 606);
	CHECK(static_call_key_sync(&key, sizeof(key)) == 0);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
