/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stores.c - what a tag in a unit costs its stores.
 *
 * Functions that store to no key, compiled in a unit that has a tag and in one that has
 * none, run in turns; and a table of 32 keys is filled, with and without a tag. Prints
 * the ratios of this process, a line each, with tabs, and with the argument "fill" the
 * system calls of a fill and its time beside that of one update.
 */
#include "stats.h"
#include "stores.h"
#include "syscalls.h"

#include <static_call.h>
#include <string.h>

#define ROUNDS    101
#define CALLS     2000
#define FILLS     51
#define FILL_KEYS 32

/* One key of its own with as many sites as the table: what one update costs. */
static int f1(int x)
{
	return x + 1;
}

static int f2(int x)
{
	return x + 2;
}

int (*single)(int) STATIC_CALL_KEY = f1;

#define X4(x)  x x x x
#define X32(x) X4(x x x x x x x x)

__attribute__((noinline)) static int single_calls(void)
{
	return 0 X32(+single(1));
}

static void die(const char *what)
{
	fprintf(stderr, "stores: %s\n", what);
	exit(1);
}

static struct data *data_of(size_t size)
{
	struct data *d = calloc(1, sizeof(*d));
	struct node *node;
	int i;

	if (!d || !(d->image = calloc(ROWS, STRIDE)) || !(d->heap = calloc(1, 4096)) ||
	    !(d->records = calloc(NODES, sizeof(*d->records))) ||
	    !(d->slots = calloc(NODES, sizeof(*d->slots))) ||
	    !(d->many = calloc(MANY, sizeof(*d->many))))
		die("no memory");
	d->size = size;
	for (i = 0; i < NODES; i++) {
		node = calloc(1, sizeof(*node));
		if (!node)
			die("no memory");
		node->next = d->list;
		d->list = node;
	}
	return d;
}

static double time_work(const struct work *work, struct data *d)
{
	double start = seconds();
	int i;

	for (i = 0; i < CALLS; i++)
		work->run(d);
	return seconds() - start;
}

static void print_ratios(void)
{
	static double ratio[ROUNDS], plain[ROUNDS];
	struct data *d = data_of(48);
	double a, b;
	size_t w;
	int i;

	for (w = 0; works_plain[w].text; w++) {
		time_work(&works_plain[w], d);
		time_work(&works_tagged[w], d);
		for (i = 0; i < ROUNDS; i++) {
			if (i & 1) {
				b = time_work(&works_tagged[w], d);
				a = time_work(&works_plain[w], d);
			} else {
				a = time_work(&works_plain[w], d);
				b = time_work(&works_tagged[w], d);
			}
			ratio[i] = b / a;
			plain[i] = a / CALLS * 1e9;
		}
		printf("%s\t%s\t%f\t%f\n", works_plain[w].text, works_plain[w].name,
		       spread_of(ratio, ROUNDS).median, spread_of(plain, ROUNDS).median);
	}
}

static int prepare_fill(void *fn)
{
	(void)fn;
	return fill_tagged((void *)f1);
}

static int update_single(void *fn)
{
	return static_call_key_update(&single, (fn_type *)fn);
}

static double time_fill(int (*fill)(void *), int times)
{
	double start = seconds();
	int i;

	for (i = 0; i < times; i++)
		fill((void *)(i & 1 ? f1 : f2));
	return (seconds() - start) / times;
}

static void print_syscalls(const char *text, struct syscalls calls)
{
	if (calls.total < 0)
		printf("  %-34s not counted: no ptrace here\n", text);
	else
		printf("  %-34s %d:%s\n", text, calls.total, calls.total ? calls.text : " none");
}

static void print_fill(void)
{
	static double fill[FILLS], update[FILLS], ratio[FILLS];
	struct spread f, u, r;
	int i;

	for (i = 0; i < FILLS; i++) {
		fill[i] = time_fill(fill_tagged, 16);
		update[i] = time_fill(update_single, 16);
		ratio[i] = fill[i] / update[i];
	}
	fill_tagged((void *)f2);
	update_single((void *)f2);
	if (calls_tagged() != FILL_KEYS * 3 || single_calls() != FILL_KEYS * 3 ||
	    static_call_key_verify())
		die("a site does not follow its key");
	f = spread_of(fill, FILLS);
	u = spread_of(update, FILLS);
	r = spread_of(ratio, FILLS);
	printf("A table of %d keys, filled member by member; one key of %d sites, updated\n",
	       FILL_KEYS, FILL_KEYS);
	printf("  %-34s %.2f us (%.2f-%.2f)\n", "fill", f.median * 1e6, f.low * 1e6, f.high * 1e6);
	printf("  %-34s %.2f us (%.2f-%.2f)\n", "update", u.median * 1e6, u.low * 1e6,
	       u.high * 1e6);
	printf("  %-34s %.2f (%.2f-%.2f)\n", "ratio", r.median, r.low, r.high);
	print_syscalls("system calls of the fill",
		       count_syscalls(prepare_fill, fill_tagged, (void *)f2));
	print_syscalls("of the update", count_syscalls(prepare_fill, update_single, (void *)f1));
}

int main(int argc, char **argv)
{
	fill_plain((void *)f1);
	fill_tagged((void *)f1);
	if (calls_plain() != calls_tagged() || single_calls() != calls_plain())
		die("the calls do not reach what was stored");
	if (argc == 2 && !strcmp(argv[1], "fill"))
		print_fill();
	else
		print_ratios();
	return 0;
}
