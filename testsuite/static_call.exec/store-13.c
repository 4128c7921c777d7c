/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program's own memcpy calls through a key: stores are resynced before it is called. */
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

struct ops {
	fn first, second;
} ops STATIC_CALL_KEY = { one, one };

static int seen;

void *memcpy(void *to, const void *from, size_t n)
{
	char *d = (char *)to;
	const char *s = (const char *)from;

	while (n--) {
		*d++ = *s++;
		__asm__("");
	}
	seen = ops.first(10);
	return to;
}

NOIPA void work(void *to, const void *from, size_t n)
{
	ops.first = two;
	memcpy(to, from, n);
	ops.second = two;
}

int main(void)
{
	char a[64] = "", b[64] = "x";

	work(a, b, 40 + (size_t)a[1]);
	if (!seen)
		UNSUPPORTED("memcpy is another: the compiler's, or that of the C library");
	CHECK(seen == 20);
	CHECK_KEY(&ops.first, two);
	return 0;
}
