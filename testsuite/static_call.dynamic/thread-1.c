/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads call through the same sites while these learn, are frozen, wake, give up and learn
 * anew, and keys are updated beside: each call reaches the function that it was made with.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "enough.h"
#include "dynamic.h"

#define SECONDS	 4
#define THREADS	 4
#define LEAST	 20	/* switches */

STATES;
NAMED(ops, thunk);
CALL(c0, jump);
CALL(c1, thunk);
TAIL(c2, jump);
TAIL(c3, thunk);
NAMED_CALL(c4, ops);
NAMED_TAIL(c5, ops);
CALL(c6, jump);
CALL(c7, thunk);
MODULE_AUTO

static const caller fns[] = { c0, c1, c2, c3, c4, c5, c6, c7 };
static atomic_int stop;
static atomic_ulong calls;

static void *caller_thread(void *arg)
{
	unsigned long seed = (unsigned long)arg * 977 + 1, phase, i, base, n = 0;

	for (phase = 0; !atomic_load(&stop); phase++) {
		base = phase * (1 + (unsigned long)arg);
		for (i = 0; i < 3000; i++) {
			seed = seed * 6364136223846793005ul + 1442695040888963407ul;
			check_call(fns[seed >> 40 & 7], i,
				   (base + (seed >> 50 & 15) * ((seed >> 33) % 8 == 0)) & 15);
			n++;
		}
	}
	atomic_fetch_add(&calls, n);
	return NULL;
}

int main(void)
{
	struct static_call_dynamic_stats stats;
	pthread_t threads[THREADS];
	unsigned long i;
	int k, round = 0;

	for (i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, caller_thread, (void *)i));
	time_limit(SECONDS);
	while (!time_is_over()) {
		usleep(2000);
		switch (round++ % 8) {
		case 3:
			CHECK(!static_call_dynamic_freeze());
			break;
		case 4:
		case 6:
			CHECK(!static_call_dynamic_learn());
			break;
		case 7:
			static_call_key_rt_unregister(&module);
			CHECK(!module.learn);
			/* Nobody may be in its code when it comes back: here all stand still. */
			atomic_store(&stop, 1);
			for (k = 0; k < THREADS; k++)
				pthread_join(threads[k], NULL);
			CHECK(!static_call_key_rt_register(&module) && module.learn);
			atomic_store(&stop, 0);
			for (i = 0; i < THREADS; i++)
				CHECK(!pthread_create(&threads[i], NULL, caller_thread, (void *)i));
			break;
		}
		CHECK(!static_call_dynamic_stats(&stats) && !stats.why && !stats.refused);
	}
	atomic_store(&stop, 1);
	for (k = 0; k < THREADS; k++)
		pthread_join(threads[k], NULL);
	saw_at_least(LEAST, round, "rounds");
	saw_at_least(10000, calls, "calls");
	printf("ok %lu calls, %d rounds\n", (unsigned long)calls, round);
	return 0;
}
