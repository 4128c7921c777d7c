/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys filled by inline helpers, by a callee through a struct pointer, and by sorting. */
/* { dg-do run } */
#include "check.h"

typedef int (*fn)(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

struct entry {
	int order;
	fn fn;
};

struct entry entries[2] STATIC_CALL_KEY = { { 2, one }, { 1, two } };

NOIPA int work(int x)
{
	return entries[0].fn(x) + 100 * entries[1].fn(x);
}

static inline void put(struct entry *e, int order, fn f)
{
	e->order = order;
	e->fn = f;
}

NOIPA void sort(struct entry *e, int n)
{
	int i, j;

	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++)
			if (e[j].order < e[i].order) {
				struct entry t = e[i];

				e[i] = e[j];
				e[j] = t;
			}
}

int main(void)
{
	CHECK(work(5) == 1006);
	sort(entries, 2);
	CHECK_KEY(&entries[0].fn, two);
	CHECK_KEY(&entries[1].fn, one);
	CHECK(work(5) == 610);
	put(&entries[0], 1, one);
	CHECK_KEY(&entries[0].fn, one);
	CHECK(work(5) == 606);
	put(entries + 1, 2, two);
	CHECK_KEY(&entries[1].fn, two);
	CHECK(work(5) == 1006);
	return 0;
}
