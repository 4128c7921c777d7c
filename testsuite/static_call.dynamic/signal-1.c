/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Handlers make dynamic calls, whatever they interrupt: calls that are counted or decide, and
 * updates. Some leave by siglongjmp(): the lock is not lost, wherever that was.
 */
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>

#include "enough.h"
#include "dynamic.h"

#define SECONDS	4
#define LEAST	200

STATES;
CALL(call, jump);
CALL(in_handler, thunk);
TAIL(tail, jump);
MODULE_AUTO

static volatile sig_atomic_t runs, may_jump, jumps;
static sigjmp_buf back;

static void handler(int sig)
{
	unsigned int n = runs & 15;
	int i;

	(void)sig;
	runs++;
	for (i = 0; i < 300; i++) {
		check_call(in_handler, i, n);
		check_call(call, i, n / 4);
	}
	if (may_jump && runs % 4 == 0) {
		may_jump = 0;
		jumps++;
		siglongjmp(back, 1);
	}
}

int main(void)
{
	struct itimerval every = { { 0, 200 }, { 0, 200 } };
	char stack[16384];
	stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_ONSTACK };
	struct static_call_dynamic_stats stats;
	volatile unsigned long n = 0;

	CHECK(module.learn);
	sigaltstack(&alternate, NULL);
	sigaction(SIGALRM, &sa, NULL);
	time_limit(SECONDS);
	setitimer(ITIMER_REAL, &every, NULL);
	while (!time_is_over()) {
		if (!sigsetjmp(back, 1)) {
			may_jump = 1;
			make_calls(call, n / 8 % 16, 500);
			make_calls(tail, n / 16 % 16, 500);
			may_jump = 0;
		}
		n++;
		/* With the lock: a handler may not leave here. */
		if (n % 16 == 0)
			CHECK(!static_call_dynamic_learn());
	}
	every.it_value.tv_usec = 0;
	setitimer(ITIMER_REAL, &every, NULL);
	/* Nobody has the lock. */
	CHECK(!static_call_dynamic_stats(&stats) && !stats.why);
	saw_at_least(LEAST, runs, "runs of the handler");
	saw_at_least(LEAST / 8, jumps, "jumps out of it");
	printf("ok %d runs, %d jumps, %lu switches\n", (int)runs, (int)jumps,
	       (unsigned long)stats.switches);
	return 0;
}
