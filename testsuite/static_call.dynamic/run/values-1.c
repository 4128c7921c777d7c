/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments and results of every class, in calls and in tail calls. */
/* { dg-do run } */
#include "dynamic.h"
#include <complex.h>
#include <stdarg.h>
#include <string.h>

struct large { long word[9]; };
struct mixed { double d; int i; };
struct small { char text[3]; };

struct ops {
	long (*integers)(long, long, long, long, long, long, long, long, long);
	double (*doubles)(double, float, double, float, double, double, double, double, double, double);
	long double (*x87)(long double, long double);
	_Complex double (*complexes)(_Complex double, _Complex float);
	struct large (*memory)(struct large, int);
	struct mixed (*registers)(struct mixed, struct small);
	long (*variadic)(int, ...);
	__int128 (*wide)(__int128, int, __int128);
	_Bool (*truth)(signed char, unsigned short);
	void (*nothing)(long *);
};

#define TWO(type, name, parameters, value)                      \
	NOIPA static type name##_0 parameters { enum { N = 1 }; value; } \
	NOIPA static type name##_1 parameters { enum { N = 2 }; value; } \
	NOIPA static type name##_2 parameters { enum { N = 3 }; value; }

TWO(long, integers, (long a, long b, long c, long d, long e, long f, long g, long h, long i),
    return N * (a + 2 * b + 3 * c + 5 * d + 7 * e + 11 * f + 13 * g + 17 * h + 19 * i))
TWO(double, doubles, (double a, float b, double c, float d, double e, double f, double g, double h,
		      double i, double j),
    return N * (a + 2 * b + 3 * c + 5 * d + 7 * e + 11 * f + 13 * g + 17 * h + 19 * i + 23 * j))
TWO(long double, x87, (long double a, long double b), return N * a + b)
TWO(_Complex double, complexes, (_Complex double a, _Complex float b), return N * a + b)
TWO(struct large, memory, (struct large s, int i), s.word[i] += N; return s)
TWO(struct mixed, registers, (struct mixed m, struct small s), m.d *= N; m.i += s.text[2]; return m)
TWO(__int128, wide, (__int128 a, int b, __int128 c), return N * a + b - c)
TWO(_Bool, truth, (signed char a, unsigned short b), return (a + b) % N == 0)
TWO(void, nothing, (long *to), *to += N)

static long sum_of(int n, va_list ap)
{
	double sum = 0;

	while (n-- > 0)
		sum += va_arg(ap, int) + va_arg(ap, double) + (double)va_arg(ap, long double);
	return sum;
}

#define VARIADIC(number)                           \
	NOIPA static long variadic_##number(int n, ...) \
	{                                          \
		va_list ap;                        \
		long sum;                          \
                                                   \
		va_start(ap, n);                   \
		sum = sum_of(n, ap);               \
		va_end(ap);                        \
		return ((number) + 1) * sum;       \
	}
VARIADIC(0)
VARIADIC(1)
VARIADIC(2)

#define OPS(n)                                                                              \
	{ integers_##n, doubles_##n, x87_##n, complexes_##n, memory_##n, registers_##n, \
	  variadic_##n, wide_##n, truth_##n, nothing_##n }

static const struct ops ops[3] = { OPS(0), OPS(1), OPS(2) };

NOIPA static long integers(const struct ops *o, long a)
{
	return o->integers(a, a + 1, a + 2, a + 3, a + 4, a + 5, a + 6, a + 7, a + 8);
}

NOIPA static double doubles(const struct ops *o, double a)
{
	return o->doubles(a, a + 1, a + 2, a + 3, a + 4, a + 5, a + 6, a + 7, a + 8, a + 9);
}

NOIPA static long double x87(const struct ops *o, long double a) { return o->x87(a, a + 1) + 0.5L; }
NOIPA static _Complex double complexes(const struct ops *o, _Complex double a) { return o->complexes(a, 2.0f + I); }
NOIPA static struct large memory(const struct ops *o, struct large s, int i) { return o->memory(s, i); }
NOIPA static struct mixed registers(const struct ops *o, struct mixed m, struct small s) { return o->registers(m, s); }
NOIPA static long variadic(const struct ops *o) { return o->variadic(3, 1, 2.0, 3.0L, 4, 5.0, 6.0L, 7, 8.0, 9.0L); }
NOIPA static long variadic_none(const struct ops *o) { return o->variadic(0) + 1; }
NOIPA static __int128 wide(const struct ops *o, __int128 a) { return o->wide(a, 5, a + 1); }
NOIPA static int truth(const struct ops *o, int a) { return o->truth(a, 7) ? 11 : 13; }
NOIPA static void nothing(const struct ops *o, long *to) { o->nothing(to); }

static void check(unsigned int which, unsigned int i)
{
	const struct ops *o = &ops[which];
	long n = which + 1, to = i;
	struct large l;
	struct mixed m = { 1.5, i };
	struct small s = { "ab" };

	CHECK(integers(o, i) == n * (78 * (long)i + 1 * 2 + 2 * 3 + 3 * 5 + 4 * 7 + 5 * 11 + 6 * 13 +
				     7 * 17 + 8 * 19));
	CHECK(doubles(o, 1) == n * (1 + 4 + 9 + 20 + 35 + 66 + 91 + 136 + 171 + 230.0));
	CHECK(x87(o, i) == n * (long double)i + i + 1 + 0.5L);
	CHECK(complexes(o, 3.0 + 4.0 * I) == n * (3.0 + 4.0 * I) + 2.0 + I);
	memset(&l, 0, sizeof(l));
	l.word[8] = i;
	l = memory(o, l, 7);
	CHECK(l.word[7] == n && l.word[8] == i && l.word[0] == 0);
	s.text[2] = 4;
	m = registers(o, m, s);
	CHECK(m.d == 1.5 * n && m.i == (int)i + 4);
	CHECK(variadic(o) == n * 45 && variadic_none(o) == 1);
	CHECK(wide(o, (__int128)i << 70) == n * ((__int128)i << 70) + 5 - (((__int128)i << 70) + 1));
	CHECK(truth(o, i % 100) == ((i % 100 + 7) % n == 0 ? 11 : 13));
	nothing(o, &to);
	CHECK(to == (long)i + n);
}

int main(void)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++)
		check(next_of(3, i), i);
	return 0;
}
