/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * retarget.c - the cost of static_call_key_update() by the number of sites, its system
 * calls, and three things to compare it with, in turns: the same protocol by hand (floor.h),
 * which changes the same sites, without and with a look at each before, and as many
 * plain 8-byte stores.
 *
 * The plain stores go to ordinary memory, at the distances that the sites have,
 * in the same order, on pages of the same size, all present.
 */
#include "floor.h"
#include "stats.h"
#include "syscalls.h"

#include <static_call.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>

#define ROUNDS 101

void bench_target(void);
void bench_other_target(void);

extern void (*bench_one_0)(void), (*bench_ten_0)(void), (*bench_hundred_0)(void);
extern void (*bench_thousand_0)(void), (*bench_ten_thousand_0)(void), (*bench_many_0)(void);
extern void (*bench_far_0)(void);

static const struct key {
	void (**key)(void);
	size_t sites;
	int batch; /* updates in one measurement, an even number: there and back */
} keys[] = {
	{ &bench_one_0, 1, 64 },
	{ &bench_ten_0, 10, 64 },
	{ &bench_hundred_0, 100, 64 },
	{ &bench_thousand_0, 1000, 16 },
	{ &bench_ten_thousand_0, 10000, 4 },
	{ &bench_many_0, 100000, 2 },
	{ &bench_far_0, 2, 64 }, /* those lie between its two */
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
	size_t n, *offset;
	char *memory;
	struct floor_site *site;
};

static int add_site(const struct static_call_key_site_info *info, void *data)
{
	struct stores *stores = data;
	uint64_t *word = (uint64_t *)((uintptr_t)info->site & ~(uintptr_t)7);

	if (stores->n && word < stores->site[stores->n - 1].word)
		die("sites are not in the order of their addresses");
	stores->site[stores->n].word = word;
	stores->offset[stores->n] = (uintptr_t)word - (uintptr_t)stores->site[0].word;
	stores->n++;
	return info->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE;
}

/* What update() has made of the sites is what the floor writes. */
static void learn_forms(const struct key *key, struct stores *stores, int odd)
{
	size_t i;

	update(key, odd);
	for (i = 0; i < stores->n; i++)
		stores->site[i].form[odd] = *stores->site[i].word;
}

static struct stores *make_stores(const struct key *key)
{
	struct stores *stores = calloc(1, sizeof(*stores));
	size_t i, size;

	if (!stores || !(stores->offset = calloc(key->sites, sizeof(*stores->offset))) ||
	    !(stores->site = calloc(key->sites, sizeof(*stores->site))))
		die("no memory");
	if (static_call_key_for_each_site(key->key, add_site, stores))
		die("a site is not patched");
	if (stores->n != key->sites)
		die("not as many sites as calls");
	learn_forms(key, stores, 1);
	learn_forms(key, stores, 0);
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

static double time_floor(const struct key *key, struct stores *stores,
			 int (*change)(struct floor_site *, size_t, int))
{
	double start = seconds();
	int i;

	for (i = 0; i < key->batch; i++)
		if (change(stores->site, stores->n, !(i & 1)))
			die("the floor fails");
	return (seconds() - start) / key->batch;
}

enum what { UPDATE, FLOOR, LOOKING, PLAIN, WHATS };

/*
 * What comes at this turn of a round: whoever comes finds the caches as the one before has left
 * them, so in four rounds each comes once behind each other, and once first.
 */
static enum what what_next(size_t round, size_t turn)
{
	static const size_t step[WHATS] = { 0, 1, 3, 2 };

	return (round + step[turn]) % WHATS;
}

static double time_one(enum what what, const struct key *key, struct stores *stores)
{
	switch (what) {
	case UPDATE:
		return time_update(key);
	case FLOOR:
		return time_floor(key, stores, floor_change);
	case LOOKING:
		return time_floor(key, stores, floor_change_looking);
	default:
		return time_stores(key, stores);
	}
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

/* What an update is compared with: its median, and the ratios of the rounds. */
static void print_floor(const double *update, double *floor)
{
	static double to_floor[ROUNDS];
	struct spread f, uf;
	size_t i;

	for (i = 0; i < ROUNDS; i++)
		to_floor[i] = update[i] / floor[i];
	f = spread_of(floor, ROUNDS);
	uf = spread_of(to_floor, ROUNDS);
	column(13, "%.3f us", f.median * 1e6);
	column(23, "%.2f (%.2f-%.2f)", uf.median, uf.low, uf.high);
}

static void print_key(const struct key *key, double took[WHATS][ROUNDS])
{
	static double sorted[ROUNDS];
	struct spread u;
	size_t what;

	memcpy(sorted, took[UPDATE], sizeof(sorted));
	u = spread_of(sorted, ROUNDS);
	printf("  %8zu", key->sites);
	column(29, "%.2f us (%.2f-%.2f)", u.median * 1e6, u.low * 1e6, u.high * 1e6);
	for (what = FLOOR; what < WHATS; what++)
		print_floor(took[UPDATE], took[what]);
}

static void print_calls(const struct key *key, int *first)
{
	struct syscalls calls = count_syscalls(update_there, update_back, (void *)key);

	if (calls.total < 0)
		printf("  not counted: no ptrace here\n");
	else
		printf("  %d:%s\n", calls.total, calls.text);
	if (*first < 0)
		*first = calls.total;
	/* Sites that are far apart have windows of their own. */
	if (calls.total > *first + (key->key == &bench_far_0 ? 2 : 0))
		die("the number of system calls grows with the number of sites");
}

int main(void)
{
	static double took[KEYS][WHATS][ROUNDS];
	struct stores *stores[KEYS];
	size_t k, i, turn, what;
	int first = -1;

	if (floor_begin())
		die("no membarrier");
	for (k = 0; k < KEYS; k++) {
		stores[k] = make_stores(&keys[k]);
		plain_stores(stores[k], 1);
	}
	for (i = 0; i < ROUNDS; i++) {
		for (k = 0; k < KEYS; k++) {
			for (turn = 0; turn < WHATS; turn++) {
				what = what_next(i, turn);
				took[k][what][i] = time_one(what, &keys[k], stores[k]);
			}
		}
	}
	if (static_call_key_verify())
		die("stale sites");

	printf("Retargeting all sites of a key: median and quartiles of %d rounds; the floor is\n"
	       "the same protocol by hand, without and with a look at each site before\n",
	       ROUNDS);
	printf("  %8s  %-28s %-12s %-22s %-12s %-22s %-12s %-22s %s\n", "sites", "update", "floor",
	       "ratio to floor", "with a look", "ratio to that", "plain stores", "ratio to these",
	       "system calls");
	for (k = 0; k < KEYS; k++) {
		print_key(&keys[k], took[k]);
		print_calls(&keys[k], &first);
	}
	return 0;
}
