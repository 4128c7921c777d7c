/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A loop of stores through a pointer that one of them changes: those after it lead to a key.
 * Where the loop goes, its width and its way are all tried against where the pointer is.
 */
/* { dg-do run } */
#include "check.h"

#define N 8

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

NOIPA static int calls(void)
{
	return key[0](0) + 10 * key[1](0) + 100 * key[2](0) + 1000 * key[3](0) + 10000 * key[4](0) +
	       100000 * key[5](0) + 1000000 * key[6](0) + 10000000 * key[7](0);
}

struct slots {
	void **slots;
};

struct through {
	struct slots *slots;
};

NOIPA static void up(struct slots *s, void *const *v)
{
	int i;

	for (i = 0; i < N; i++)
		s->slots[i] = v[i];
}

NOIPA static void counted(struct slots *s, void *const *v, int n)
{
	int i;

	for (i = 0; i < n; i++)
		s->slots[i] = v[i];
}

NOIPA static void down(struct slots *s, void *const *v, int n)
{
	int i;

	for (i = n - 1; i >= 0; i--)
		s->slots[i] = v[i];
}

NOIPA static void odd(struct slots *s, void *const *v, int n)
{
	int i;

	for (i = 0; i < n; i += 2) {
		s->slots[i] = v[i];
		s->slots[i + 1] = v[i + 1];
	}
}

NOIPA static void chain(struct through *t, void *const *v, int n)
{
	int i;

	for (i = 0; i < n; i++)
		t->slots->slots[i] = v[i];
}

NOIPA static void once(struct slots *s, void *const *v, int n, int from)
{
	int i;

	for (i = 0; i < n; i++)
		if (i >= from)
			s->slots[i] = v[i];
}

/* The pointer may be any of these, or not one of them. */
static void *memory[3 * N];

enum { UP, COUNTED, DOWN, ODD, CHAIN, CHAIN_POINTER, ONCE, ALL };

static void run(int how, struct slots *s, void *const *v)
{
	struct through t = { s };

	switch (how) {
	case UP:
		up(s, v);
		break;
	case COUNTED:
		counted(s, v, N);
		break;
	case DOWN:
		down(s, v, N);
		break;
	case ODD:
		odd(s, v, N);
		break;
	case CHAIN:
	case CHAIN_POINTER:
		chain(&t, v, N);
		break;
	default:
		once(s, v, N, 0);
	}
}

static void reset(void)
{
	int i;

	for (i = 0; i < N; i++)
		key[i] = one;
}

/* The pointer is at memory[at], what is stored to begins at memory[N]. */
static void try(int how, int at)
{
	struct slots *s = (struct slots *)&memory[at];
	int hit = at - N, want = 0, weight = 1, i;
	static void *v[N];

	reset();
	for (i = 0; i < N; i++)
		v[i] = (void *)two;
	s->slots = &memory[N];
	if (hit >= 0 && hit < N)
		v[hit] = (void *)key;
	run(how, s, v);
	for (i = 0; i < N; i++, weight *= 10) {
		int stored = hit >= 0 && hit < N && (how == DOWN ? i < hit : i > hit);

		want += weight * (stored ? 2 : 1);
		CHECK(key[i] == (stored ? two : one));
	}
	CHECK(calls() == want);
}

/* The same where not the pointer is changed, but what leads to it. */
static void try_pointer(int at)
{
	static struct slots to_key = { (void **)key };
	struct slots usual = { &memory[N] };
	struct through *t = (struct through *)&memory[at];
	int hit = at - N, i;
	static void *v[N];

	reset();
	for (i = 0; i < N; i++)
		v[i] = (void *)two;
	t->slots = &usual;
	if (hit >= 0 && hit < N)
		v[hit] = &to_key;
	chain(t, v, N);
	for (i = 0; i < N; i++)
		CHECK(key[i](0) == (hit >= 0 && hit < N && i > hit ? 2 : 1));
}

int main(void)
{
	int how, at;

	for (how = 0; how < ALL; how++)
		for (at = N - 2; at < 2 * N + 2; at++)
			if (how == CHAIN_POINTER)
				try_pointer(at);
			else
				try(how, at);

	/* Straight to the keys, and nothing at all. */
	for (how = 0; how < ALL; how++) {
		struct slots s = { (void **)key };
		static void *v[N];
		int i;

		reset();
		for (i = 0; i < N; i++)
			v[i] = (void *)(i & 1 ? two : one);
		run(how, &s, v);
		CHECK(calls() == 21212121);
	}
	counted(NULL, NULL, 0);
	down(NULL, NULL, 0);
	chain(NULL, NULL, -1);
	return 0;
}
