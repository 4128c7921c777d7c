/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dlopen and dlclose, many times, while another thread updates a key that the
 * library calls through: no growth of memory, no mapping left behind.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>

#include "enough.h"
#include "sites.h"
#include "maps.h"

#define SECONDS	5
#define SETTLED	20	/* rounds after which nothing may grow any more */
#define LEAST	100

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn program_key = f1;
KEY(program_key, 0);
SITE_CALL(call_key, program_key);
long call_key(long);
MODULE_AUTO

static atomic_int stop;
static atomic_ulong updates;

static void *updater(void *arg)
{
	(void)arg;
	while (!atomic_load(&stop))
		CHECK(!static_call_key_update(&program_key,
					      atomic_fetch_add(&updates, 1) & 1 ? f1 : f2));
	return NULL;
}

int main(int argc, char **argv)
{
	int i, rounds = argc > 2 ? atoi(argv[2]) : 2000, m1 = 0, m2;
	struct static_call_key_info info;
	long kb1 = 0, kb2, r;
	pthread_t t;

	CHECK(argc > 1 && module.runtime);
	CHECK(!pthread_create(&t, NULL, updater, NULL));
	time_limit(SECONDS);
	for (i = 0; i < rounds && !time_is_over(); i++) {
		void *h = dlopen(argv[1], RTLD_NOW);
		long (*call)(long);

		CHECK(h);
		call = (long (*)(long))dlsym(h, "lib_call");
		r = call(0);
		CHECK(r == 201 || r == 202);
		CHECK(!static_call_key_query(&program_key, &info) && info.sites == 2);
		dlclose(h);
		CHECK(!static_call_key_query(&program_key, &info) && info.sites == 1);
		if (i == SETTLED)
			m1 = mappings(&kb1);
	}
	m2 = mappings(&kb2);
	atomic_store(&stop, 1);
	pthread_join(t, NULL);
	printf("%d mappings, %ld kB; then %d, %ld kB\n", m1, kb1, m2, kb2);
	CHECK(i <= SETTLED || (m2 <= m1 + 1 && kb2 <= kb1 + 64));
	saw_at_least(LEAST, i, "rounds of dlopen and dlclose");
	saw_at_least(LEAST, updates, "updates beside dlopen");
	puts("ok");
	return 0;
}
