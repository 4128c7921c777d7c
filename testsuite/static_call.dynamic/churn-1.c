/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Libraries come and go, at the same addresses: one with dynamic calls, one whose functions
 * have been learned by this program. Calls reach what they were made with, and neither memory
 * nor address space grows.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>

#include "enough.h"
#include "dynamic.h"
#include "maps.h"

#define SECONDS	5
#define SETTLED	20	/* rounds after which nothing may grow any more */
#define LEAST	60

STATES;
CALL(call, thunk);
CALL(beside, thunk);
MODULE_AUTO

static atomic_int stop;

static void *learner(void *arg)
{
	unsigned long n;

	(void)arg;
	for (n = 0; !atomic_load(&stop); n++)
		make_calls(beside, n / 8 % 16, 200);
	return NULL;
}

int main(int argc, char **argv)
{
	struct static_call_dynamic_stats stats;
	unsigned int all_learned = 0;
	int i, k, rounds = argc > 2 ? atoi(argv[2]) : 300, m1 = 0, m2;
	long kb1 = 0, kb2;
	pthread_t t;

	CHECK(argc > 1 && module.learn);
	CHECK(!pthread_create(&t, NULL, learner, NULL));
	time_limit(SECONDS);
	for (i = 0; i < rounds && !time_is_over(); i++) {
		void *h = dlopen(argv[1], RTLD_NOW);
		long (*lib_calls)(long (*)(long), long);
		target lib_target;

		CHECK(h);
		lib_calls = (long (*)(long (*)(long), long))dlsym(h, "lib_calls");
		lib_target = (target)dlsym(h, "lib_target");
		/* Learned there; functions of the program may be too far away for that. */
		CHECK(lib_calls(lib_target, 20000) == 2);
		CHECK(lib_calls(target_1, 20000) == 1);
		CHECK(lib_calls(lib_target, 2000) == 2);
		/* Learned here, if they are near enough. */
		for (k = 0; k < 3000; k++)
			CHECK(call(k, lib_target) == 2);
		CHECK(!static_call_dynamic_learn());
		CHECK(!static_call_dynamic_stats(&stats) && stats.modules == 2 && !stats.why);
		/* Those whose targets changed may be counted still. */
		all_learned += stats.learned >= 3;
		make_calls(call, i % 16, 100);
		dlclose(h);
		make_calls(call, i % 16, 3000);
		if (i == SETTLED)
			m1 = mappings(&kb1);
	}
	m2 = mappings(&kb2);
	atomic_store(&stop, 1);
	pthread_join(t, NULL);
	printf("%d mappings, %ld kB; then %d, %ld kB\n", m1, kb1, m2, kb2);
	CHECK(i <= SETTLED || (m2 <= m1 + 2 && kb2 <= kb1 + 128));
	saw_at_least(LEAST, i, "rounds of dlopen and dlclose");
	saw_at_least(1, all_learned, "rounds in which all has learned");
	puts("ok");
	return 0;
}
