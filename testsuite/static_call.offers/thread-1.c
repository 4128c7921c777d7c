/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads select, update, load and unload at the same time, and children are forked: each
 * call reaches one of the functions, and in the end the selection is right.
 */
/* { dg-do run } */
/* { dg-skip-if "the key must be in the program" { *-*-* } { "-shared" } } */
/* { dg-loaded-library "thread-1-lib.c" } */
/* { dg-additional-options "-pthread -rdynamic -ldl" } */
#include "check.h"
#include <dlfcn.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS	150

NOIPA int generic(int x)
{
	return x + 1;
}

NOIPA static int low(int x)
{
	return x + 2;
}

NOIPA static int high(int x)
{
	return x + 3;
}

/* Not in the library: its code may go while another thread selects. */
int can_high = 1;

int have_high(void)
{
	return __atomic_load_n(&can_high, __ATOMIC_RELAXED);
}

int (*key)(int) STATIC_CALL_KEY = generic;
STATIC_CALL_KEY_OFFER(key, low, NULL, 1);
STATIC_CALL_KEY_OFFER(key, high, have_high, 2);

static int stop;
static unsigned long selections, updates, calls;

NOIPA int work(int x)
{
	return key(x);
}

static int stopped(void)
{
	return __atomic_load_n(&stop, __ATOMIC_RELAXED);
}

static void *selector(void *arg)
{
	(void)arg;
	while (!stopped()) {
		__atomic_store_n(&can_high, selections % 2, __ATOMIC_RELAXED);
		CHECK(static_call_key_select(selections % 4 < 2 ? &key : NULL) == 0);
		selections++;
	}
	return NULL;
}

static void *updater(void *arg)
{
	(void)arg;
	while (!stopped()) {
		CHECK(static_call_key_update(&key, generic) == 0);
		updates++;
		usleep(100);
	}
	return NULL;
}

static void *caller(void *arg)
{
	int value;

	(void)arg;
	while (!stopped()) {
		value = work(10);
		CHECK(value >= 11 && value <= 13);
		calls++;
	}
	return NULL;
}

static void child(void)
{
	int status;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		can_high = 1;
		CHECK(static_call_key_select(&key) == 0);
		CHECK(work(10) == 13 && static_call_key_verify() == 0);
		CHECK(static_call_key_update(&key, generic) == 0 && work(10) == 11);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(int argc, char **argv)
{
	void *(*const functions[])(void *) = { selector, updater, caller };
	pthread_t threads[3];
	void *library;
	int i;

	if (!CHECK_PATCHED)
		return 0;
	CHECK(argc > 1);
	for (i = 0; i < 3; i++)
		CHECK(pthread_create(&threads[i], NULL, functions[i], NULL) == 0);
	for (i = 0; i < ROUNDS; i++) {
		library = dlopen(argv[1], RTLD_NOW);
		CHECK(library != NULL);
		CHECK(dlclose(library) == 0);
		if (i % 10 == 0)
			child();
	}
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	for (i = 0; i < 3; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	CHECK(selections && updates && calls);
	can_high = 1;
	CHECK(static_call_key_select(&key) == 0);
	CHECK_KEY(&key, high);
	can_high = 0;
	CHECK(static_call_key_select(NULL) == 0);
	CHECK_KEY(&key, low);
	CHECK(work(10) == 12);
	return 0;
}
