// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions that are offered to keys, of this module and of another. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <asm/cpufeature.h>
#include <static_call.h>

#include "keys.h"
#include "test.h"

static noinline int generic(int x)
{
	return x + 100;
}

static noinline int fast(int x)
{
	return x + 200;
}

static noinline int offered(int x)
{
	return x + 300;
}

static int can = 1;

static int have_tsc(void)
{
	return can && boot_cpu_has(X86_FEATURE_TSC);
}

static int never(void)
{
	return boot_cpu_has(X86_FEATURE_TSC) && !boot_cpu_has(X86_FEATURE_TSC);
}

static int (*own)(int) __static_call_keyed = generic;
STATIC_CALL_KEY_OFFER(own, fast, have_tsc, 10);
STATIC_CALL_KEY_OFFER(own, offered, never, 20);
STATIC_CALL_KEY_OFFER(own, generic, NULL, 5);
STATIC_CALL_KEY_OFFER(sckt_other, offered, NULL, 10);

static __attribute__((noipa)) int call(int x)
{
	return own(x);
}

static int at_init;

/* The module has come, and its init function has seen the choice already. */
static bool offers(void)
{
	sckt_expect(at_init == 201 && call(1) == 201);
	sckt_expect(static_call_key_update(&sckt_other, sckt_one) == 0);
	sckt_expect(static_call_key_select(&sckt_other) == 0 && sckt_other == offered);
	sckt_expect(static_call_key_update(&own, generic) == 0 && call(1) == 101);
	sckt_expect(static_call_key_select(&own) == 0 && call(1) == 201);
	can = 0;
	sckt_expect(static_call_key_update(&own, generic) == 0);
	sckt_expect(static_call_key_select(NULL) == 0 && call(1) == 101);
	can = 1;
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

static const struct sckt_test tests[] = { { "offers", offers } };
SCKT_TESTS(tests);

static int __init offers_init(void)
{
	at_init = call(1);
	return 0;
}

static void __exit offers_exit(void)
{
}

module_init(offers_init);
module_exit(offers_exit);
MODULE_DESCRIPTION("static_call: offers");
MODULE_LICENSE("GPL");
