/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key may be sealed, and its page made read-only after that: updates fail, none faults. */
/* { dg-do run } */
#include "check.h"
#include <errno.h>
#include <sys/mman.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

namespace {
struct alignas(4096) page {
	int (*hook)(int) STATIC_CALL_KEY;
	int (*other)(int) STATIC_CALL_KEY;
	char rest[4096 - 2 * sizeof(void *)];
};

page hooks = { one, one, {} };
}

NOIPA int work(int x)
{
	return hooks.hook(x) + hooks.other(x);
}

int main()
{
	CHECK(static_call_key_update(&hooks.hook, two) == 0);
	CHECK(static_call_key_seal(&hooks.hook) == 0);
	CHECK(static_call_key_seal(&hooks.other) == 0);
	CHECK(mprotect(&hooks, sizeof(hooks), PROT_READ) == 0);
	CHECK(static_call_key_update(&hooks.hook, one) == -EPERM);
	CHECK(static_call_key_update(&hooks.other, two) == -EPERM);
	CHECK(static_call_key_seal(&hooks.hook) == 0);
	CHECK_KEY(&hooks.hook, two);
	CHECK_KEY(&hooks.other, one);
	CHECK(work(5) == 16);
	return 0;
}
