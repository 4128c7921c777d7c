/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dlopen and dlclose on one thread while another updates. */
/* { dg-do run } */
/* { dg-skip-if "the key must be in the program" { *-*-* } { "-shared" } } */
/* { dg-loaded-library "thread-2-lib.c" } */
/* { dg-additional-options "-pthread -rdynamic -ldl" } */
#include "check.h"
#include "enough.h"
#include <dlfcn.h>
#include <pthread.h>

#define SECONDS	3
#define ROUNDS	200
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

int main(int argc, char **argv)
{
	pthread_t thread;
	int (*library_work)(int);
	int i, value;
	void *library;

	CHECK(argc > 1);
	CHECK(pthread_create(&thread, NULL, updater, NULL) == 0);
	time_limit(SECONDS);
	for (i = 0; i < ROUNDS && !time_is_over(); i++) {
		library = dlopen(argv[1], RTLD_NOW);
		CHECK(library != NULL);
		*(void **)&library_work = dlsym(library, "library_work");
		value = library_work(5);
		CHECK(value == 206 || value == 210);
		CHECK(dlclose(library) == 0);
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	CHECK(pthread_join(thread, NULL) == 0);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	saw_at_least(LEAST, i, "rounds of dlopen and dlclose");
	saw_at_least(LEAST, updates, "updates beside dlopen");
	return 0;
}
