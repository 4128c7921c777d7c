/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * GCC counts where it thinks that a program seldom goes, and finds all other counts from these. So
 * what it thinks of a branch behind which there is a call of a key, or a store to one, is what
 * it would think without the plugin.
 */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;
int (*key)(int);
static int (*stored)(int) STATIC_CALL_KEY;

static int fibonacci(int x)
{
	return x < 2 ? x : key(x - 1) + key(x - 2);
}

static int next(int x)
{
	return x + 1;
}

int paths(int n, int *p);
__attribute__((noipa)) int paths(int n, int *p)
{
	int r = 0;

	if (n >= 0)
		r = key(n & 7);
	else if (p)
		r = key(1);
	while (n-- > 0)
		if (n & 1)
			r += key(n & 3);
	return r;
}

int stores(int n, int *p);
__attribute__((noipa)) int stores(int n, int *p)
{
	int r = 0;

	if (n > 3)
		r = 1;
	else if (p)
		stored = next;
	while (n-- > 0)
		if (n & 1)
			stored = n & 2 ? next : fibonacci;
	return r;
}

int main(void)
{
	int s = 0, i;

	key = fibonacci;
	stored = next;
	for (i = 0; i < 9; i++)
		s += key(i);
	for (i = -20; i < 90; i++)
		s += paths(i, i & 4 ? &s : 0) + stores(i, i & 8 ? &s : 0) + stored(i & 3);
	return s == 0;
}
