/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A library comes with a better offer while another thread is in a predicate: what that
 * thread selects then is the better one, too.
 */
/* { dg-do run } */
/* { dg-skip-if "the key must be in the program" { *-*-* } { "-shared" } } */
/* { dg-loaded-library "thread-2-lib.c" } */
/* { dg-additional-options "-pthread -rdynamic -ldl" } */
#include "check.h"
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>

NOIPA static int generic(int x)
{
	return x + 1;
}

NOIPA static int high(int x)
{
	return x + 2;
}

NOIPA int highest(int x)
{
	return x + 3;
}

static sem_t in_predicate, go_on;
static int wait_for_it;

static int have_high(void)
{
	if (__atomic_exchange_n(&wait_for_it, 0, __ATOMIC_SEQ_CST)) {
		sem_post(&in_predicate);
		sem_wait(&go_on);
	}
	return 1;
}

int (*key)(int) STATIC_CALL_KEY = generic;
STATIC_CALL_KEY_OFFER(key, high, have_high, 1);

NOIPA int work(int x)
{
	return key(x);
}

static void *selector(void *arg)
{
	(void)arg;
	CHECK(static_call_key_select(&key) == 0);
	return NULL;
}

static void *load_beside(const char *path)
{
	pthread_t thread;
	void *library;

	wait_for_it = 1;
	CHECK(pthread_create(&thread, NULL, selector, NULL) == 0);
	sem_wait(&in_predicate);
	library = dlopen(path, RTLD_NOW);
	CHECK(library != NULL);
	CHECK_KEY(&key, highest);
	sem_post(&go_on);
	CHECK(pthread_join(thread, NULL) == 0);
	return library;
}

int main(int argc, char **argv)
{
	void *library;

	if (!CHECK_PATCHED)
		return 0;
	CHECK(argc > 1);
	CHECK(sem_init(&in_predicate, 0, 0) == 0 && sem_init(&go_on, 0, 0) == 0);
	CHECK_KEY(&key, high);
	library = load_beside(argv[1]);
	CHECK_KEY(&key, highest);
	CHECK(work(0) == 3);
	CHECK(dlclose(library) == 0);
	CHECK_KEY(&key, high);
	return 0;
}
