/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * demo-sqlite-config.c - change SQLite's allocator and threading mode at run
 * time, through its own interface, and count what is called.
 *
 * sqlite3_config() stores the new methods in sqlite3Config, and SQLite calls
 * them from hundreds of places. This program knows nothing of static_call but
 * the two checks at the end of each phase. Its standard output holds what SQLite
 * did, and must be the same for every build of SQLite; what the checks saw goes
 * to standard error.
 */
#include "sqlite3.h"
#include <static_call.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two sets of counting methods, so that a site left at the first one is seen. */
static unsigned long calls[2][3];
enum { ALLOC, FREE, LOCK };

static sqlite3_mem_methods default_mem;
static sqlite3_mutex_methods default_mutex;

#define COUNTING_MEM(n)                                 \
	static void *malloc_##n(int size)               \
	{                                               \
		calls[n][ALLOC]++;                      \
		return default_mem.xMalloc(size);       \
	}                                               \
	static void *realloc_##n(void *old, int size)   \
	{                                               \
		calls[n][ALLOC]++;                      \
		return default_mem.xRealloc(old, size); \
	}                                               \
	static void free_##n(void *old)                 \
	{                                               \
		calls[n][FREE]++;                       \
		default_mem.xFree(old);                 \
	}

COUNTING_MEM(0)
COUNTING_MEM(1)

static void counting_enter(sqlite3_mutex *mutex)
{
	__atomic_add_fetch(&calls[1][LOCK], 1, __ATOMIC_RELAXED);
	default_mutex.xMutexEnter(mutex);
}

static void die(const char *what, int got)
{
	fprintf(stderr, "demo-sqlite-config: %s (%d)\n", what, got);
	exit(1);
}

static void ok(int rc, const char *what)
{
	if (rc != SQLITE_OK)
		die(what, rc);
}

static int add_number(void *data, int columns, char **value, char **name)
{
	(void)columns;
	(void)name;
	*(long *)data = value[0] ? atol(value[0]) : -1;
	return 0;
}

static long workload(void)
{
	static const char sql[] =
		"CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);"
		"CREATE INDEX tb ON t(b);"
		"WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n LIMIT 3000)"
		"	INSERT INTO t SELECT i, printf('%08x', i * 2654435761) FROM n;"
		"UPDATE t SET b = b || hex(zeroblob(20)) WHERE a % 3 = 0;"
		"DELETE FROM t WHERE a % 7 = 0;";
	long sum = 0;
	sqlite3 *db;

	ok(sqlite3_open(":memory:", &db), "open");
	ok(sqlite3_exec(db, sql, NULL, NULL, NULL), "sql");
	ok(sqlite3_exec(db, "SELECT sum(length(b) * a) FROM (SELECT * FROM t ORDER BY b)",
			add_number, &sum, NULL),
	   "select");
	ok(sqlite3_close(db), "close");
	return sum;
}

struct seen {
	unsigned long keys, sites, patched, wrong;
};

static int add_key(const struct static_call_key_info *info, void *data)
{
	struct seen *seen = data;

	if (!info->name || strncmp(info->name, "sqlite3Config", 13))
		return 0;
	seen->keys++;
	seen->sites += info->sites;
	seen->patched += info->patched;
	seen->wrong += info->stale;
	/* Every site of a method that is set can be patched: SQLite is in one module. */
	if (info->target && info->patched != info->sites)
		seen->wrong++;
	return 0;
}

static void check_sites(const char *phase)
{
	struct seen seen = { 0, 0, 0, 0 };
	long stale = static_call_key_verify();

	if (!static_call_key_runtime_present())
		return;
	static_call_key_for_each(add_key, &seen);
	fprintf(stderr, "%s: %lu of %lu sites patched, %ld stale\n", phase, seen.patched,
		seen.sites, stale);
	if (stale || seen.wrong || !seen.keys || !seen.patched)
		die("sites do not lead where sqlite3Config points", (int)seen.wrong);
}

/*
 * One run of SQLite as configured. dummy: are mutexes those of the
 * single-threaded mode, which are all one constant?
 */
static void phase(const char *name, int dummy)
{
	unsigned long before[2][3];
	sqlite3_mutex *a, *b;
	long sum;
	int i, j;

	memcpy(before, calls, sizeof(before));
	ok(sqlite3_initialize(), "initialize");
	a = sqlite3_mutex_alloc(SQLITE_MUTEX_FAST);
	b = sqlite3_mutex_alloc(SQLITE_MUTEX_FAST);
	sqlite3_mutex_enter(a);
	sqlite3_mutex_leave(a);
	if ((a == b) != dummy)
		die("the mutexes are not those of the threading mode", dummy);
	sum = workload();
	check_sites(name);
	sqlite3_mutex_free(a);
	sqlite3_mutex_free(b);
	ok(sqlite3_shutdown(), "shutdown");

	printf("%s: result %ld", name, sum);
	for (i = 0; i < 2; i++)
		for (j = 0; j < 3; j++)
			printf(" %lu", calls[i][j] - before[i][j]);
	printf("\n");
}

/* Did exactly these counters move since the last call? */
static void expect_moved(int mem0, int mem1, int lock1)
{
	static unsigned long last[2][3];

	if ((calls[0][ALLOC] != last[0][ALLOC]) != mem0 ||
	    (calls[0][FREE] != last[0][FREE]) != mem0)
		die("first allocator", mem0);
	if ((calls[1][ALLOC] != last[1][ALLOC]) != mem1 ||
	    (calls[1][FREE] != last[1][FREE]) != mem1)
		die("second allocator", mem1);
	if ((calls[1][LOCK] != last[1][LOCK]) != lock1)
		die("counting mutex", lock1);
	memcpy(last, calls, sizeof(last));
}

int main(void)
{
	static const sqlite3_mutex_methods no_mutex;
	sqlite3_mem_methods mem;
	sqlite3_mutex_methods mutex;

	ok(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &default_mem), "GETMALLOC");

	/* Before the first initialise. */
	mem = default_mem;
	mem.xMalloc = malloc_0;
	mem.xRealloc = realloc_0;
	mem.xFree = free_0;
	ok(sqlite3_config(SQLITE_CONFIG_SINGLETHREAD), "SINGLETHREAD");
	ok(sqlite3_config(SQLITE_CONFIG_MALLOC, &mem), "MALLOC");
	phase("own allocator, single thread", 1);
	expect_moved(1, 0, 0);

	/* An empty table makes SQLite choose anew, by the threading mode. */
	ok(sqlite3_config(SQLITE_CONFIG_MALLOC, &default_mem), "MALLOC");
	ok(sqlite3_config(SQLITE_CONFIG_MUTEX, &no_mutex), "MUTEX");
	ok(sqlite3_config(SQLITE_CONFIG_SERIALIZED), "SERIALIZED");
	phase("default allocator, serialized", 0);
	expect_moved(0, 0, 0);

	ok(sqlite3_config(SQLITE_CONFIG_GETMUTEX, &default_mutex), "GETMUTEX");
	mutex = default_mutex;
	mutex.xMutexEnter = counting_enter;
	mem.xMalloc = malloc_1;
	mem.xRealloc = realloc_1;
	mem.xFree = free_1;
	ok(sqlite3_config(SQLITE_CONFIG_MALLOC, &mem), "MALLOC");
	ok(sqlite3_config(SQLITE_CONFIG_MUTEX, &mutex), "MUTEX");
	ok(sqlite3_config(SQLITE_CONFIG_MULTITHREAD), "MULTITHREAD");
	phase("second allocator, counting mutex, multi-thread", 0);
	expect_moved(0, 1, 1);

	ok(sqlite3_config(SQLITE_CONFIG_MALLOC, &default_mem), "MALLOC");
	ok(sqlite3_config(SQLITE_CONFIG_MUTEX, &no_mutex), "MUTEX");
	ok(sqlite3_config(SQLITE_CONFIG_SINGLETHREAD), "SINGLETHREAD");
	phase("default allocator, single thread", 1);
	expect_moved(0, 0, 0);
	return 0;
}
