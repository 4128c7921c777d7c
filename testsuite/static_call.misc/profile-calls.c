/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A profile of this fits with and without the plugin: no function stores to a key. */
#include <static_call.h>

struct ops {
	int (*op)(int) STATIC_CALL_KEY;
};

static int one(int x)
{
	return x + 1;
}

extern int (*key)(int) STATIC_CALL_KEY;
int (*key)(int) = one;
static int (*constant)(int) STATIC_CALL_KEY = one;
static struct ops ops = { one };

int work(int n);
int work(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		int (*copy)(int) = key;

		if (copy)
			sum += copy(i);
		if (i % 7 == 0)
			sum += key(constant(i)) + ops.op(i);
	}
	return sum;
}

int main(int argc, char **argv)
{
	(void)argv;
	if (static_call_key_update(&ops.op, one))
		return 1;
	return work(argc * 1000) == 0;
}
