/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Updates by several threads at once serialise; calls on others reach one of the targets. */
/* { dg-do run } */
/* { dg-additional-options "-pthread" } */
#include "check.h"
#include "enough.h"
#include <pthread.h>

#define SECONDS	3
#define ROUNDS	3000
#define LEAST	100

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

NOIPA static int three(int x)
{
	return x * 3;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*own[2])(int) STATIC_CALL_KEY = { one, one };
static int stop;
static unsigned long rounds[2];

NOIPA int work(int x)
{
	return key(x) + 100;
}

NOIPA int own_first(int x)
{
	return own[0](x) + 100;
}

NOIPA int own_second(int x)
{
	return own[1](x) + 100;
}

/* Each has a key of its own, where its updates must be seen at once, and one in common. */
static void *updater(void *arg)
{
	long self = (long)arg;
	int (*mine)(int) = self ? own_second : own_first;
	unsigned long *n = &rounds[self];

	/* At least once, for what is checked at the end. */
	do {
		CHECK(static_call_key_update(&own[self], two) == 0);
		CHECK(mine(5) == 110);
		CHECK(static_call_key_update(&key, self ? two : three) == 0);
		CHECK(static_call_key_update(&own[self], three) == 0);
		CHECK(mine(5) == 115);
	} while (++*n < ROUNDS && !time_is_over());
	return NULL;
}

static void *caller(void *arg)
{
	(void)arg;
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		int value = work(5);

		CHECK(value == 106 || value == 110 || value == 115);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[3];

	time_limit(SECONDS);
	CHECK(pthread_create(&threads[2], NULL, caller, NULL) == 0);
	CHECK(pthread_create(&threads[0], NULL, updater, (void *)0) == 0);
	CHECK(pthread_create(&threads[1], NULL, updater, (void *)1) == 0);
	CHECK(pthread_join(threads[0], NULL) == 0);
	CHECK(pthread_join(threads[1], NULL) == 0);
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK(pthread_join(threads[2], NULL) == 0);
	CHECK(key == two || key == three);
	CHECK_KEY(&key, key);
	CHECK_KEY(&own[0], three);
	CHECK_KEY(&own[1], three);
	saw_at_least(LEAST, rounds[0] < rounds[1] ? rounds[0] : rounds[1],
		     "rounds of each thread");
	return 0;
}
