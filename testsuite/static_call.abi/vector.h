/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vector.h - vectors of BYTES bytes as arguments, on the stack too, and results. The
 * test defines BYTES, TARGET (an attribute, or nothing) and RUNS_HERE.
 */
#include "abi.h"

typedef int ints __attribute__((vector_size(BYTES)));
typedef double doubles __attribute__((vector_size(BYTES)));

#define PARAMETERS ints a, doubles b, int c, ints d, ints e, ints f, ints g, ints h, ints i, \
	ints j, long k, ints l

TARGET NOIPA static ints all(PARAMETERS)
{
	return a + (ints)b * 3 + c + d * 5 + e * 7 + f * 11 + g * 13 + h * 17 + i * 19 + j * 23 +
		(int)k + l * 29;
}

TARGET NOIPA static ints reversed(PARAMETERS)
{
	return l + (int)k * 3 + j * 5 + i * 7 + h * 11 + g * 13 + f * 17 + e * 19 + d * 23 + c +
		(ints)b * 29 + a;
}

ints (*key)(PARAMETERS) STATIC_CALL_KEY = all;

#define CALL(f) ({							\
	ints v = { ARG(1), ARG(2) };					\
	doubles w = (doubles)(v ^ 0x1234);				\
	ints result = f(v, w, ARG(3), v + 1, v + 2, v * 3, v + 4, v * 5, v + 6, v * 7, ARG(8), \
			v + f(v, w, 3, v, v, v, v, v, v, v, 9, v));	\
	mix_bytes(0, &result, sizeof(result)); })

TARGET NOIPA static void test(void)
{
	COMPARE(key, all, reversed);
}

int main(void)
{
	if (!RUNS_HERE)
		UNSUPPORTED("the processor lacks these vectors");
	test();
	return 0;
}
