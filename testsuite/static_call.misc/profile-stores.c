/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * set() and pure() have other control flow with the plugin, as it is counted; work() has not,
 * and main() is not to know what GCC finds out of pure().
 */
#include <static_call.h>

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

extern int (*key)(int) STATIC_CALL_KEY;
int (*key)(int) = one;
extern int (*reader)(int) STATIC_CALL_KEY_PURE;
int (*reader)(int) = one;

__attribute__((noipa)) void set(int n);
__attribute__((noipa)) int pure(int n);
__attribute__((noipa)) int work(int n);

__attribute__((noipa)) void set(int n)
{
	if (n > 5)
		key = two;
}

__attribute__((noipa)) int pure(int n)
{
	return n > 5 ? reader(n) : 0;
}

__attribute__((noipa)) int work(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++)
		sum += key(i);
	return sum;
}

int main(int argc, char **argv)
{
	(void)argv;
	set(argc + 9);
	return work(argc * 10) != 65 || pure(6) != 7;
}
