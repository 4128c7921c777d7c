/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A timer's handler calls through the key, and updates, while the program updates too. */
/* { dg-do run } */
#include "check.h"
#include <signal.h>
#include <sys/time.h>

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
static volatile sig_atomic_t handled, wrong, busy;

NOIPA int work(int x)
{
	return key(x) + 100;
}

NOIPA int handler_work(int x)
{
	return handler_key(x) + 100;
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
}

int main(void)
{
	struct itimerval every = { { 0, 200 }, { 0, 200 } }, never = { { 0, 0 }, { 0, 0 } };
	struct sigaction action;
	unsigned long i;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	action.sa_flags = SA_RESTART;
	CHECK(sigaction(SIGALRM, &action, NULL) == 0);
	CHECK(setitimer(ITIMER_REAL, &every, NULL) == 0);
	for (i = 0; i < 100000 && handled < 200; i++) {
		CHECK(static_call_key_update(&key, two) == 0);
		CHECK(work(5) == 110);
		CHECK(static_call_key_update(&key, one) == 0);
		CHECK(work(5) == 106);
	}
	CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
	CHECK(handled + busy > 0);
	CHECK(wrong == 0);
	CHECK_KEY(&key, one);
	CHECK_KEY(&handler_key, handled & 1 ? two : one);
	return 0;
}
