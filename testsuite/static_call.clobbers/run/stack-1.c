/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments on the stack arrive, through saving code of every alignment, in own and keyed calls. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "../clobbers.h"

struct large { long a[5]; };

#define MANY(name, ...)								\
	long name(int a, int b, int c, int d, int e, int f, long g, char h, double x, long double y, \
		  struct large s, short i) STATIC_CALL_KEY_CLOBBERS(__VA_ARGS__);		\
	long NOIPA name(int a, int b, int c, int d, int e, int f, long g, char h, double x, \
			long double y, struct large s, short i)			\
	{									\
		trash();							\
		return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + (long)(9 * x) + \
		       (long)(10 * y) + 11 * s.a[0] + 12 * s.a[4] + 13 * i;	\
	}									\
	long (*name##_key)(int, int, int, int, int, int, long, char, double, long double,	\
			   struct large, short)					\
		STATIC_CALL_KEY_CLOBBERS(__VA_ARGS__) STATIC_CALL_KEY = name;

MANY(none, "rax")
MANY(one, "rax", "rcx")
MANY(two, "rax", "rcx", "rdx")
MANY(vectors, "rax", "sse")
MANY(odd, "rax", "r11", "r10", "r9", "xmm5")
MANY(all, "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "sse", "x87", "mask", "flags")

static struct large s = { { 10, 0, 0, 0, 20 } };
#define ARGUMENTS 1, 2, 3, 4, 5, 6, 7, 8, 9.5, 10.5L, s, 13
#define EXPECTED (1 + 4 + 9 + 16 + 25 + 36 + 49 + 64 + 85 + 105 + 110 + 240 + 169)

#define TEST(name) do {						\
	CHECK(name(ARGUMENTS) == EXPECTED);			\
	CHECK(name##_key(ARGUMENTS) == EXPECTED);		\
	CHECK_KEY(&name##_key, name);				\
} while (0)

int main(void)
{
	TEST(none);
	TEST(one);
	TEST(two);
	TEST(vectors);
	TEST(odd);
	TEST(all);
	return 0;
}
