/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structures by value in integer registers, SSE registers, both, and in memory. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

struct one { int a; };
struct three { char a[3]; };
struct pair { long a, b; };
struct floats { float a, b; double c; };
struct both { double a; int b; };
struct swapped { short a; double b; };
struct extended { long double a; };
struct large { long a[3]; };

#define BY_VALUE(type, changed)						\
	NOIPA static struct type type##_same(int x, struct type s, int y, struct type t) \
	{								\
		struct type r = x < y ? s : t;				\
									\
		return r;						\
	}								\
	NOIPA static struct type type##_change(int x, struct type s, int y, struct type t) \
	{								\
		struct type r = x < y ? t : s;				\
									\
		r.changed += x;						\
		return r;						\
	}								\
	struct type (*type##_key)(int, struct type, int, struct type)	\
		STATIC_CALL_KEY = type##_same;				\
	static struct type type##_first, type##_second;

BY_VALUE(one, a)
BY_VALUE(three, a[2])
BY_VALUE(pair, b)
BY_VALUE(floats, b)
BY_VALUE(both, b)
BY_VALUE(swapped, a)
BY_VALUE(extended, a)
BY_VALUE(large, a[2])

#define TEST(type) do {							\
	memset(&type##_first, 0x11, sizeof(type##_first));		\
	memset(&type##_second, 0x22, sizeof(type##_second));		\
	COMPARE_WITH(CALL_##type, type##_key, type##_same, type##_change); \
} while (0)

/* Padding may differ. */
#define CALL_TYPE(type, f, sum) ({					\
	struct type r = f(ARG(3), type##_first, ARG(4), type##_second);	\
	sum; })

#define CALL_one(f)	CALL_TYPE(one, f, mix(0, r.a))
#define CALL_three(f)	CALL_TYPE(three, f, mix_bytes(0, r.a, 3))
#define CALL_pair(f)	CALL_TYPE(pair, f, mix(mix(0, r.a), r.b))
#define CALL_floats(f)	CALL_TYPE(floats, f, mix_bytes(0, &r, sizeof(r)))
#define CALL_both(f)	CALL_TYPE(both, f, mix(mix_bytes(0, &r.a, 8), r.b))
#define CALL_swapped(f)	CALL_TYPE(swapped, f, mix(mix_bytes(0, &r.b, 8), r.a))
#define CALL_extended(f) CALL_TYPE(extended, f, mix_bytes(0, &r.a, 10))
#define CALL_large(f)	CALL_TYPE(large, f, mix_bytes(0, &r, sizeof(r)))

int main(void)
{
	TEST(one);
	TEST(three);
	TEST(pair);
	TEST(floats);
	TEST(both);
	TEST(swapped);
	extended_first.a = 1.5L;
	extended_second.a = 2.5L;
	COMPARE_WITH(CALL_extended, extended_key, extended_same, extended_change);
	TEST(large);
	return 0;
}
