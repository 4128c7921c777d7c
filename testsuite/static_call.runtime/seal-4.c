/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sealing beside threads that call and update: an update before the seal is a whole one,
 * and none comes after it. A child that is forked meanwhile, too.
 */
/* { dg-do run } */
/* { dg-additional-options "-pthread" } */
#include "check.h"
#include <errno.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEYS	64
#define REPEAT8(X, n) X(n) X(n + 1) X(n + 2) X(n + 3) X(n + 4) X(n + 5) X(n + 6) X(n + 7)
#define REPEAT(X) \
	REPEAT8(X, 0) REPEAT8(X, 8) REPEAT8(X, 16) REPEAT8(X, 24) \
	REPEAT8(X, 32) REPEAT8(X, 40) REPEAT8(X, 48) REPEAT8(X, 56)

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x + 2;
}

int (*keys[KEYS])(int) STATIC_CALL_KEY;
static int stop;

NOIPA int work(int i, int x)
{
	switch (i) {
#define CASE(n) case n: return keys[n](x) + 100;
	REPEAT(CASE)
	}
	return 0;
}

static void *updater(void *arg)
{
	int i, err;

	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		for (i = 0; i < KEYS; i++) {
			err = static_call_key_update(&keys[i], two);
			CHECK(err == 0 || err == -EPERM);
			err = static_call_key_update(&keys[i], one);
			CHECK(err == 0 || err == -EPERM);
		}
	return NULL;
}

static void *caller(void *arg)
{
	int i, value;

	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
		for (i = 0; i < KEYS; i++) {
			value = work(i, 5);
			CHECK(value == 106 || value == 107);
		}
	return NULL;
}

/* What is sealed, stays; what is not, can be changed. */
static void check_child(int sealed)
{
	int i, err, held, status;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		for (i = 0; i < KEYS; i++) {
			held = work(i, 5);
			err = static_call_key_update(&keys[i], held == 106 ? two : one);
			CHECK(err == (i < sealed ? -EPERM : 0));
			CHECK((work(i, 5) == held) == (i < sealed));
		}
		CHECK(static_call_key_verify() == 0);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
	int (*held)(int);
	pthread_t threads[2];
	int i;

	for (i = 0; i < KEYS; i++)
		CHECK(static_call_key_update(&keys[i], one) == 0);
	CHECK(pthread_create(&threads[0], NULL, updater, NULL) == 0);
	CHECK(pthread_create(&threads[1], NULL, caller, NULL) == 0);
	for (i = 0; i < KEYS; i++) {
		CHECK(static_call_key_seal(&keys[i]) == 0);
		held = keys[i];
		CHECK_KEY(&keys[i], held);
		if (i % 8 == 7)
			check_child(i + 1);
		CHECK(keys[i] == held);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK(pthread_join(threads[0], NULL) == 0);
	CHECK(pthread_join(threads[1], NULL) == 0);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
