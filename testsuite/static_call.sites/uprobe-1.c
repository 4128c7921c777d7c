/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel sets and removes uprobes all the time, on a site and beside it, while the key
 * changes. No store is lost that the update does not notice: after each, all calls reach what
 * the key holds. Runs for a second, or as many as the argument says.
 */
#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
SITE_CALL(call_1, key);
FUNCTION(beside, "nop\n nop\n nop\n nop\n nop\n nop\n nop\n mov %rdi, %rax\n ret\n");
SITE_CALL(call_2, key);
SITE_TAIL(call_3, key, 0);
long call_1(long), call_2(long), call_3(long), beside(long);
MODULE_AUTO

static atomic_int stop;
static atomic_ulong probes;
#define PLACES 8
static uintptr_t places[PLACES]; /* where probes are set: offsets in the file */
static int type;

/* A descriptor: the uprobe is there until it is closed; -1: the system has none for us. */
static int probe(uintptr_t offset)
{
	static const char path[] = "/proc/self/exe";
	struct perf_event_attr attr = {
		.type = (unsigned int)type,
		.size = sizeof(attr),
		.config1 = (uintptr_t)path,
		.config2 = offset,
	};

	return (int)syscall(SYS_perf_event_open, &attr, getpid(), -1, -1, PERF_FLAG_FD_CLOEXEC);
}

static void *prober(void *arg)
{
	int fd;

	for (; !atomic_load(&stop); atomic_fetch_add(&probes, 1)) {
		fd = probe(*(uintptr_t *)arg);
		CHECK(fd >= 0);
		close(fd);
	}
	return NULL;
}

static int read_type(void)
{
	FILE *f = fopen("/sys/bus/event_source/devices/uprobe/type", "r");
	int n = -1;

	if (f && fscanf(f, "%d", &n) != 1)
		n = -1;
	if (f)
		fclose(f);
	return n;
}

/* The executable has one mapping of text, so all of it is as far from its place in the file. */
static uintptr_t file_offset(uintptr_t address)
{
	unsigned long lo, hi, offset;
	FILE *f = fopen("/proc/self/maps", "r");
	char line[512];

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx-%lx r-xp %lx", &lo, &hi, &offset) == 3 && address >= lo &&
		    address < hi) {
			fclose(f);
			return address - lo + offset;
		}
	abort();
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 1) + 1;
	unsigned long n;
	pthread_t t[PLACES];
	int fd, i;

	CHECK(module.runtime);
	places[0] = file_offset((uintptr_t)site_nth(&key, 1).site);
	for (i = 1; i < PLACES; i++)
		places[i] = file_offset((uintptr_t)beside + i - 1);
	type = read_type();
	fd = probe(places[0]);
	if (fd < 0) {
		puts("SKIPPED: the system sets no uprobes for this user\nok");
		return 0;
	}
	close(fd);
	for (i = 0; i < PLACES; i++)
		CHECK(!pthread_create(&t[i], NULL, prober, &places[i]));
	for (n = 0; n % 64 || time(NULL) < end; n++) {
		fn value = n % 2 ? f1 : f2;

		CHECK(!static_call_key_update(&key, value));
		CHECK(call_1(n) == value(n) && call_2(n) == value(n) && call_3(n) == value(n));
	}
	atomic_store(&stop, 1);
	for (i = 0; i < PLACES; i++)
		pthread_join(t[i], NULL);
	CHECK(beside(7) == 7);
	CHECK(static_call_key_verify() == 0);
	printf("ok %lu updates, %lu uprobes\n", n, atomic_load(&probes));
	return 0;
}
