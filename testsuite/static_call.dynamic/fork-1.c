/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fork while another thread learns: in the child all calls reach their functions, before and
 * after its first call of the API, which closes what was open; and it learns.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "enough.h"
#include "dynamic.h"
#include "maps.h"

#define SECONDS	6
#define LEAST	20

STATES;
NAMED(ops, jump);
CALL(c0, jump);
CALL(c1, thunk);
TAIL(c2, jump);
NAMED_CALL(c3, ops);
CALL(many, jump);
CALL(fresh, thunk);
MODULE_AUTO

static const caller fns[] = { c0, c1, c2, c3 };
static atomic_int stop;

static void *learner(void *arg)
{
	unsigned long n, k;

	(void)arg;
	for (n = 0; !atomic_load(&stop); n++) {
		for (k = 0; k < 4; k++)
			make_calls(fns[k], (n + k) % 16, 40);
		/* Given up, and woken: code is written each time. */
		for (k = 0; k < 64; k++)
			check_call(many, n, k % 16);
		if (n % 3 == 0)
			CHECK(!static_call_dynamic_learn());
		if (n % 64 == 63) {
			CHECK(!static_call_dynamic_freeze());
			CHECK(!static_call_dynamic_learn());
		}
	}
	return NULL;
}

static void child(int i)
{
	struct static_call_dynamic_stats stats;
	unsigned int n, k;

	for (n = 0; n < 16; n++)
		for (k = 0; k < 4; k++)
			make_calls(fns[k], n, 200);
	if (i % 4) {
		CHECK(!static_call_dynamic_stats(&stats) && !stats.why);
		CHECK(!text_is_writable());
	}
	/* The fork may have come when nothing was learned. */
	CHECK(!static_call_dynamic_learn());
	CHECK(!text_is_writable());
	make_calls(fresh, 7, 20000);
	CHECK(!static_call_dynamic_learn());
	CHECK(learned(fresh, 1, 7));
	for (n = 0; n < 16; n++)
		for (k = 0; k < 4; k++)
			make_calls(fns[k], n, 50);
	CHECK(!text_is_writable());
}

int main(int argc, char **argv)
{
	int i, status, n = argc > 1 ? atoi(argv[1]) : 400;
	pthread_t t;
	pid_t pid;

	CHECK(module.learn);
	CHECK(!pthread_create(&t, NULL, learner, NULL));
	time_limit(SECONDS);
	for (i = 0; i < n && !time_is_over(); i++) {
		pid = fork();
		if (!pid) {
			alarm(20);
			child(i);
			if (i % 8 == 7)
				exit(0);
			_exit(0);
		}
		CHECK(waitpid(pid, &status, 0) == pid);
		if (status) {
			printf("child %d: status %x\n", i, status);
			exit(1);
		}
	}
	atomic_store(&stop, 1);
	pthread_join(t, NULL);
	CHECK(!text_is_writable());
	saw_at_least(LEAST, i, "forks");
	puts("ok");
	return 0;
}
