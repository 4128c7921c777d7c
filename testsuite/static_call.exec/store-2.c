/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Members filled one by one through a local pointer, as SQLite does. */
/* { dg-do run } */
/* { dg-final { direct-in work } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

struct methods {
	int (*init)(int);
	int (*end)(int);
	int *spare;
};

struct config {
	int level;
	struct methods mutex;
	struct methods memory;
};

struct config config STATIC_CALL_KEY = { 1, { one, one, NULL }, { one, one, NULL } };

NOIPA int work(int x)
{
	return config.mutex.init(x) + 100 * config.mutex.end(x) + 10000 * config.memory.init(x);
}

NOIPA void fill(void)
{
	struct methods *to = &config.mutex;

	to->init = two;
	to->end = two;
	to->spare = NULL;
}

NOIPA void fill_argument(struct methods *to, int (*fn)(int))
{
	to->init = fn;
	to->end = fn;
}

NOIPA void fill_walking(struct config *c, int (*fn)(int))
{
	struct methods *m;

	for (m = &c->mutex; m <= &c->memory; m++) {
		m->init = fn;
		m->end = fn;
	}
}

int main(void)
{
	CHECK_KEY(&config.mutex.init, one);
	CHECK(work(5) == 60606);
	fill();
	CHECK_KEY(&config.mutex.init, two);
	CHECK_KEY(&config.mutex.end, two);
	CHECK_KEY(&config.memory.init, one);
	CHECK(work(5) == 61010);
	fill_argument(&config.mutex, one);
	CHECK_KEY(&config.mutex.init, one);
	CHECK_KEY(&config.mutex.end, one);
	CHECK(work(5) == 60606);
	fill_walking(&config, two);
	CHECK_KEY(&config.mutex.init, two);
	CHECK_KEY(&config.mutex.end, two);
	CHECK_KEY(&config.memory.init, two);
	CHECK(work(5) == 101010);
	return 0;
}
