/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fork while another thread updates: the child is not left with a lock that nobody holds. */
/* { dg-do run } */
/* { dg-additional-options "-pthread" } */
#include "check.h"
#include "enough.h"
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECONDS	3
#define FORKS	200
#define LEAST	20

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;
static int stop;
static unsigned long updates;

NOIPA int work(int x)
{
	return key(x) + 100;
}

static void *updater(void *arg)
{
	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		CHECK(static_call_key_update(&key, two) == 0);
		CHECK(static_call_key_update(&key, one) == 0);
		updates++;
	}
	return NULL;
}

int main(void)
{
	pthread_t thread;
	int i, status, value;
	pid_t pid;

	CHECK(pthread_create(&thread, NULL, updater, NULL) == 0);
	time_limit(SECONDS);
	for (i = 0; i < FORKS && !time_is_over(); i++) {
		pid = fork();
		CHECK(pid >= 0);
		if (!pid) {
			alarm(20);
			value = work(5);
			CHECK(value == 106 || value == 110);
			CHECK(static_call_key_update(&key, two) == 0);
			CHECK_KEY(&key, two);
			CHECK(work(5) == 110);
			CHECK(static_call_key_update(&key, one) == 0);
			CHECK_KEY(&key, one);
			_exit(0);
		}
		CHECK(waitpid(pid, &status, 0) == pid);
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK(pthread_join(thread, NULL) == 0);
	CHECK_KEY(&key, one);
	saw_at_least(LEAST, i, "forks");
	saw_at_least(LEAST, updates, "updates beside forks");
	return 0;
}
