/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module whose tables the runtime does not know is refused, and its calls still work. */
/* { dg-do run } */
#include "check.h"
#include <static_call_abi.h>

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

static int refused(const struct static_call_key_module *like)
{
	struct static_call_key_module *copy;

	copy = (struct static_call_key_module *)aligned_alloc(64, (sizeof(*copy) + 63) & -64ul);
	CHECK(copy != NULL);
	*copy = *like;
	return static_call_key_rt_register(copy) < 0;
}

int main(void)
{
	struct static_call_key_module module;

	CHECK_KEY(&key, one);
	memset(&module, 0, sizeof(module));
	module.version = STATIC_CALL_KEY_ABI_VERSION + 1;
	module.size = sizeof(module);
	CHECK(refused(&module));
	module.version = STATIC_CALL_KEY_ABI_VERSION;
	module.size = 8;
	CHECK(refused(&module));
	module.size = sizeof(module);
	module.flags = 4;
	CHECK(refused(&module));
	module.flags = 0;
	module.targets_start = 1;
	CHECK(refused(&module));
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	return 0;
}
