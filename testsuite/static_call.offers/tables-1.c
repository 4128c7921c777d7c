/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module whose offers are not as they have to be is refused. */
/* { dg-do run } */
/* { dg-skip-if "it is the runtime's" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
/* { dg-skip-if "it is the runtime's" { *-*-* } { "-DTEST_NO_RUNTIME" } } */
#include "check.h"
#include <errno.h>
#include <static_call_abi.h>

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int (*key)(int) = one;
static struct static_call_key_offer offers[2];
static struct static_call_key_module module;

/* All as it has to be. */
static void fill(void)
{
	struct static_call_key_offer good = {
		.key = (uintptr_t)&key,
		.target = (uintptr_t)two,
		.key_name = (uintptr_t)"key",
		.name = (uintptr_t)"two",
	};

	memset(&module, 0, sizeof(module));
	module.version = STATIC_CALL_KEY_ABI_VERSION;
	module.size = STATIC_CALL_KEY_MODULE_SIZE;
	module.offers_start = (uintptr_t)offers;
	module.offers_stop = (uintptr_t)(offers + 2);
	offers[0] = offers[1] = good;
	offers[1].target = 0;
	key = one;
}

static void refused(int line, int error)
{
	int got = static_call_key_rt_register(&module);

	if (got != error || key != one) {
		fprintf(stderr, "line %d: registered: %d\n", line, got);
		abort();
	}
	fill();
}

#define REFUSED(error) refused(__LINE__, error)

int main(void)
{
	fill();
	offers[1].reserved = 1;
	REFUSED(-EINVAL);
	offers[1].key++;
	REFUSED(-EINVAL);
	offers[1].name = 0;
	REFUSED(-EINVAL);
	offers[0].key_name = 0;
	REFUSED(-EINVAL);
	offers[0].name = 4096;
	REFUSED(-EINVAL);
	offers[0].key_name = 4096;
	REFUSED(-EINVAL);
	offers[0].key = 1ul << 46;
	REFUSED(-EINVAL);
	module.offers_stop--;
	REFUSED(-EINVAL);
	module.offers_start += 8;
	REFUSED(-EINVAL);
	module.offers_start = 0;
	REFUSED(-EINVAL);
	module.offers_stop = module.offers_start + (48ul << 32);
	REFUSED(-EINVAL);
	CHECK(static_call_key_rt_register(&module) == 0 && key == two);
	static_call_key_rt_unregister(&module);
	CHECK(key == one);
	return 0;
}
