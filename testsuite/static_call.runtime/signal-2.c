/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A timer's handler calls through the key, and updates, while the program updates too. */
/* { dg-do run } */
#include "check.h"
#include "enough.h"
#include <signal.h>
#include <sys/time.h>

#define SECONDS	3
#define WANTED	200	/* updates by the handler */
#define LEAST	10

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*handler_key)(int) STATIC_CALL_KEY = one;
static volatile sig_atomic_t handled, wrong, busy, stop;

NOIPA int work(int x)
{
	return key(x) + 100;
}

NOIPA int handler_work(int x)
{
	return handler_key(x) + 100;
}

static void set_timer(int microseconds)
{
	struct itimerval every = { { 0, microseconds }, { 0, microseconds } };

	CHECK(setitimer(ITIMER_REAL, &every, NULL) == 0);
}

static void handler(int number)
{
	int value = work(5), err;

	(void)number;
	if (value != 106 && value != 110)
		wrong++;
	err = static_call_key_update(&handler_key, handled & 1 ? one : two);
	if (err == -35) {
		busy++;
	} else if (err) {
		wrong++;
	} else {
		if (handler_work(5) != (handled & 1 ? 106 : 110))
			wrong++;
		handled++;
	}
	/* Where a handler takes longer than the timer, nothing but handlers runs. */
	if (handled >= WANTED || time_is_over()) {
		stop = 1;
		set_timer(0);
	}
}

int main(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	action.sa_flags = SA_RESTART;
	CHECK(sigaction(SIGALRM, &action, NULL) == 0);
	time_limit(SECONDS);
	set_timer(200);
	while (!stop && !time_is_over()) {
		CHECK(static_call_key_update(&key, two) == 0);
		CHECK(work(5) == 110);
		CHECK(static_call_key_update(&key, one) == 0);
		CHECK(work(5) == 106);
	}
	set_timer(0);
	CHECK(wrong == 0);
	CHECK_KEY(&key, one);
	CHECK_KEY(&handler_key, handled & 1 ? two : one);
	saw_at_least(LEAST, handled + busy, "runs of the handler");
	return 0;
}
