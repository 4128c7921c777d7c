/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * As store-17.c: loops whose second store leads the others to a key. What the pointer is loaded
 * by is loaded each time as well: an index, be it in bits, and a segment's address; and a counter
 * is wider than an address.
 */
/* { dg-do run } */
#include <asm/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "check.h"

#define N 4

typedef int fn_type(int);

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x + 2;
}

fn_type *key[N] STATIC_CALL_KEY;

static void *values[N + 1];

struct rows {
	unsigned char at;
	unsigned char bits : 3, more : 4;
	void **row[8];
};

NOIPA static void indexed(struct rows *r, int n)
{
	int i;

	for (i = 0; i < n; i++)
		r->row[r->at][i] = values[i];
}

NOIPA static void in_bits(struct rows *r, int n)
{
	int i;

	for (i = 0; i < n; i++)
		r->row[r->more][i] = values[i];
}

struct slots {
	void **slots;
};

NOIPA static void segment(struct slots __seg_gs *s, int n)
{
	int i;

	for (i = 0; i < n; i++)
		s->slots[i] = values[i];
}

static void *place[N];

NOIPA static void wide(unsigned __int128 n)
{
	struct slots *s = (struct slots *)&place[1];
	unsigned __int128 i;
	long at = 0;

	for (i = 0; i < n; i++) {
		if (!values[at])
			break;
		s->slots[at] = values[at];
		at++;
	}
}

static void reset(void)
{
	int i;

	for (i = 0; i < N; i++) {
		key[i] = one;
		values[i] = (void *)two;
	}
	values[1] = (void *)key;
	values[N] = NULL;
}

static void check(void)
{
	CHECK(key[2] == two && key[3] == two);
	CHECK(key[0](0) == 1 && key[1](0) == 1 && key[2](0) == 2 && key[3](0) == 2);
}

int main(void)
{
	static struct rows rows;

	reset();
	rows.at = 6;
	rows.row[6] = (void **)&rows.row[5];
	indexed(&rows, N);
	check();

	reset();
	rows.more = 6;
	rows.row[6] = (void **)&rows.row[5];
	in_bits(&rows, N);
	check();

	reset();
	place[1] = place;
	wide(((unsigned __int128)1 << 64) + 1);
	check();

	reset();
	place[1] = place;
	if (!syscall(SYS_arch_prctl, ARCH_SET_GS, place)) {
		segment((struct slots __seg_gs *)sizeof(void *), N);
		check();
	}
	return 0;
}
