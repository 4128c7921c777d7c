/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * retarget.c - the cost of static_call_key_update() by the number of sites,
 * against the same number of plain 8-byte stores, and its system calls.
 *
 * The plain stores go to ordinary memory, at the distances that the sites have,
 * in the same order, on pages of the same size, all present.
 */
#include "stats.h"
#include "syscalls.h"

#include <static_call.h>
#include <stdarg.h>
#include <sys/mman.h>

#define ROUNDS 101

void bench_target(void);
void bench_other_target(void);

extern void (*bench_one_0)(void), (*bench_ten_0)(void), (*bench_hundred_0)(void);
extern void (*bench_thousand_0)(void), (*bench_ten_thousand_0)(void), (*bench_many_0)(void);

static const struct key {
	void (**key)(void);
	size_t sites;
	int batch; /* updates in one measurement */
} keys[] = {
	{ &bench_one_0, 1, 64 },
	{ &bench_ten_0, 10, 64 },
	{ &bench_hundred_0, 100, 64 },
	{ &bench_thousand_0, 1000, 16 },
	{ &bench_ten_thousand_0, 10000, 4 },
	{ &bench_many_0, 100000, 1 },
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))

static void die(const char *what)
{
	fprintf(stderr, "retarget: %s\n", what);
	exit(1);
}

static void update(const struct key *key, int odd)
{
	int err = static_call_key_update(key->key, odd ? bench_other_target : bench_target);

	if (err)
		die(static_call_key_strerror(err));
}

struct stores {
	uintptr_t first; /* of the quadwords that hold the sites */
	size_t n, *offset;
	char *memory;
};

static int add_site(const struct static_call_key_site_info *info, void *data)
{
	struct stores *stores = data;
	uintptr_t quadword = (uintptr_t)info->site & ~(uintptr_t)7;

	if (!stores->n)
		stores->first = quadword;
	stores->offset[stores->n++] = quadword - stores->first;
	return info->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE;
}

static struct stores *make_stores(const struct key *key)
{
	struct stores *stores = calloc(1, sizeof(*stores));
	size_t i, size;

	if (!stores || !(stores->offset = calloc(key->sites, sizeof(*stores->offset))))
		die("no memory");
	if (static_call_key_for_each_site(key->key, add_site, stores))
		die("a site is not patched");
	if (stores->n != key->sites)
		die("not as many sites as calls");
	size = stores->offset[stores->n - 1] + 8;
	stores->memory =
		mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (stores->memory == MAP_FAILED)
		die("mmap");
	madvise(stores->memory, size, MADV_NOHUGEPAGE);
	for (i = 0; i < size; i += 8)
		stores->memory[i] = 1;
	return stores;
}

__attribute__((noinline)) static void plain_stores(struct stores *stores, uint64_t value)
{
	size_t i;

	for (i = 0; i < stores->n; i++)
		*(volatile uint64_t *)(stores->memory + stores->offset[i]) = value;
}

static double time_update(const struct key *key)
{
	double start = seconds();
	int i;

	for (i = 0; i < key->batch; i++)
		update(key, !(i & 1));
	return (seconds() - start) / key->batch;
}

static double time_stores(const struct key *key, struct stores *stores)
{
	int i, batch = key->batch * 16;
	double start = seconds();

	for (i = 0; i < batch; i++)
		plain_stores(stores, i);
	return (seconds() - start) / batch;
}

/* What is counted is the second update of a process. */
static int update_there(void *data)
{
	update(data, 1);
	return 0;
}

static int update_back(void *data)
{
	update(data, 0);
	return 0;
}

__attribute__((format(printf, 2, 3))) static void column(int width, const char *format, ...)
{
	char text[64];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	printf("  %-*s", width - 1, text);
}

int main(void)
{
	static double updates[KEYS][ROUNDS], plain[KEYS][ROUNDS], ratio[ROUNDS];
	struct stores *stores[KEYS];
	struct syscalls calls;
	struct spread u, p, r;
	int first = -1;
	size_t k, i;

	for (k = 0; k < KEYS; k++) {
		stores[k] = make_stores(&keys[k]);
		update(&keys[k], 1);
		plain_stores(stores[k], 1);
	}
	for (i = 0; i < ROUNDS; i++) {
		for (k = 0; k < KEYS; k++) {
			updates[k][i] = time_update(&keys[k]);
			plain[k][i] = time_stores(&keys[k], stores[k]);
			/* An odd batch ends at the other target. */
			update(&keys[k], 0);
		}
	}
	if (static_call_key_verify())
		die("stale sites");

	printf("Retargeting all sites of a key: median and quartiles of %d rounds\n", ROUNDS);
	printf("  %8s  %-29s %-10s %-13s %-23s %s\n", "sites", "update", "a site", "plain stores",
	       "ratio", "system calls");
	for (k = 0; k < KEYS; k++) {
		for (i = 0; i < ROUNDS; i++)
			ratio[i] = updates[k][i] / plain[k][i];
		u = spread_of(updates[k], ROUNDS);
		p = spread_of(plain[k], ROUNDS);
		r = spread_of(ratio, ROUNDS);
		calls = count_syscalls(update_there, update_back, (void *)&keys[k]);
		printf("  %8zu", keys[k].sites);
		column(29, "%.2f us (%.2f-%.2f)", u.median * 1e6, u.low * 1e6, u.high * 1e6);
		column(10, "%.1f ns", u.median * 1e9 / keys[k].sites);
		column(13, "%.3f us", p.median * 1e6);
		column(23, "%.1f (%.1f-%.1f)", r.median, r.low, r.high);
		if (calls.total < 0)
			printf("  not counted: no ptrace here\n");
		else
			printf("  %d:%s\n", calls.total, calls.text);
		if (k == 0)
			first = calls.total;
		if (calls.total > first)
			die("the number of system calls grows with the number of sites");
	}
	return 0;
}
