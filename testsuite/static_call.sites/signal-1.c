/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A handler that interrupts an update stores to a key, and calls the API. The
 * store is followed when the update returns; the API says -EDEADLK or works.
 */
#include <signal.h>
#include <sys/time.h>

#include "enough.h"
#include "sites.h"

#define SECONDS	5
#define WANTED	12000	/* updates that are interrupted */
#define LEAST	100

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1, hkey = f1;
KEY(key, 0);
KEY(hkey, 0);
SITE_CALL(call_key, key);
SITE_CALL(call_hkey, hkey);
long call_key(long), call_hkey(long);
MODULE_AUTO

static volatile sig_atomic_t deadlk, fine, runs, bad, stop;

static void set_timer(int microseconds)
{
	struct itimerval every = { { 0, microseconds }, { 0, microseconds } };

	CHECK(!setitimer(ITIMER_REAL, &every, NULL));
}

static void handler(int sig)
{
	struct static_call_key_info info;
	int err;
	long r;

	(void)sig;
	err = static_call_key_query(&key, &info);
	if (err == -EDEADLK)
		deadlk++;
	else if (err == 0)
		fine++;
	else
		bad++;
	hkey = runs & 1 ? f1 : f2;
	static_call_key_rt_store(&hkey, sizeof(hkey));
	r = call_hkey(0);
	if (r != 1 && r != 2)
		bad++;
	if (err == 0 && r != hkey(0))
		bad++;
	runs++;
	/* Where a handler takes longer than the timer, nothing but handlers runs. */
	if (deadlk >= WANTED || time_is_over()) {
		stop = 1;
		set_timer(0);
	}
}

int main(void)
{
	struct sigaction sa = { .sa_handler = handler };
	unsigned long n;
	sigset_t set;

	CHECK(module.runtime);
	sigaction(SIGALRM, &sa, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	time_limit(SECONDS);
	set_timer(100);
	for (n = 0; !stop && !time_is_over(); n++) {
		fn f = n & 1 ? f2 : f1;

		CHECK(!static_call_key_update(&key, f));
		CHECK(call_key(0) == f(0));
		if (n % 16 == 0) {
			sigprocmask(SIG_BLOCK, &set, NULL);
			CHECK(call_hkey(0) == hkey(0));
			CHECK(static_call_key_verify() == 0);
			sigprocmask(SIG_UNBLOCK, &set, NULL);
		}
	}
	set_timer(0); /* it would interrupt the write */
	CHECK(!bad);
	saw_at_least(LEAST, deadlk, "updates that a signal interrupted");
	printf("ok %lu updates, %d runs of the handler, %d inside the runtime\n", n, (int)runs,
	       (int)deadlk);
	return 0;
}
