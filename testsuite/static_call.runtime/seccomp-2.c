/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that becomes unwritable after the sites were patched: an update fails and changes nothing. */
/* { dg-do run } */
/* { dg-require-effective-target seccomp } */
#include "check.h"
#include "seccomp.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*second)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100 * second(x);
}

int main(void)
{
	struct static_call_key_change changes[2] = {
		{ &key, (static_call_key_fn)two }, { &second, (static_call_key_fn)two },
	};
	int err;

	CHECK_KEY(&key, one);
	CHECK(static_call_key_update(&second, two) == 0);
	CHECK(static_call_key_update(&second, one) == 0);
	if (forbid_writing_text())
		UNSUPPORTED("the kernel has no seccomp filters");
	err = static_call_key_update(&key, two);
	CHECK(err < 0 && err > -4096);
	CHECK(*static_call_key_strerror(err));
	CHECK_KEY(&key, one);
	CHECK(work(5) == 606);
	CHECK(static_call_key_update_many(changes, 2) == err);
	CHECK_KEY(&key, one);
	CHECK_KEY(&second, one);
	CHECK(work(5) == 606);
	/* What changes nothing needs no writing. */
	CHECK(static_call_key_update(&key, one) == 0);
	return 0;
}
