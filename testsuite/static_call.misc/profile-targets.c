/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a key holds where a profile is made: one function, two, many, and calls that are never made. */
#include <static_call.h>

static int first(int x)
{
	return x + 1;
}

static int second(int x)
{
	return x ^ 2;
}

#define OTHER(n)                                                                                   \
	static int other_##n(int x)                                                                \
	{                                                                                          \
		return x * n + n;                                                                  \
	}
OTHER(3)
OTHER(4)
OTHER(5)
OTHER(6)
OTHER(7)
OTHER(8)
OTHER(9)

static int (*const all[])(int) = { first,   second,  other_3, other_4, other_5,
				   other_6, other_7, other_8, other_9 };

extern int (*key)(int) STATIC_CALL_KEY;
int (*key)(int);

__attribute__((noipa)) int one(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++)
		sum += key(i);
	return sum;
}

__attribute__((noipa)) int two(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		key = all[i & 1];
		sum += key(i);
	}
	return sum;
}

__attribute__((noipa)) int many(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		key = all[i % 9];
		sum += key(i);
	}
	return sum;
}

__attribute__((noipa)) int never(int n)
{
	return n > 100000 ? key(n) : n;
}

int main(int argc, char **argv)
{
	int n = argc * 1000, expected = 0, i;

	(void)argv;
	for (i = 0; i < n; i++)
		expected += first(i) + all[i & 1](i) + all[i % 9](i);
	key = first;
	return one(n) + two(n) + many(n) + never(0) != expected;
}
