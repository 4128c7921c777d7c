/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The thread that changes sites is kept from it for a while, as on a machine with too few
 * processors. That is not what the change costs: the next one does not wait for the longer.
 */
#define _GNU_SOURCE
#include "enough.h"
#include "dynamic.h"
#include "trap-call.h"

#define SECONDS 15
#define STAY_MS 500 /* of which 64 times as much is more than SECONDS */

STATES;
CALL(call, thunk);
MODULE_AUTO

static volatile sig_atomic_t calls;

static void stay(int number, siginfo_t *info, void *context)
{
	struct timespec stay = { 0, STAY_MS * 1000000 };

	(void)number;
	(void)info;
	if (!calls++)
		nanosleep(&stay, NULL);
	trap_make(trap_registers(context), SYS_mprotect);
}

static void until_learned(unsigned int n)
{
	while (!learned(call, 1, n)) {
		make_calls(call, n, 100);
		CHECK(!time_is_over());
	}
}

int main(void)
{
	CHECK(module.learn);
	if (trap_call(SYS_mprotect, stay, SA_NODEFER)) {
		puts("UNSUPPORTED: the system has no filters of system calls");
		return 0;
	}
	time_limit(SECONDS);
	until_learned(1);
	CHECK(calls);
	until_learned(2);
	puts("ok");
	return 0;
}
