/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A variadic ms_abi target: floating arguments in both kinds of register. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define MS __attribute__((ms_abi))

#define READER(name, factor)						\
	MS NOIPA static long name(int n, ...)				\
	{								\
		__builtin_ms_va_list list;				\
		long sum = 0;						\
									\
		__builtin_ms_va_start(list, n);				\
		while (n--) {						\
			sum = sum * factor + __builtin_va_arg(list, int); \
			sum = sum * factor + (long)(4 * __builtin_va_arg(list, double)); \
		}							\
		__builtin_ms_va_end(list);				\
		return sum;						\
	}

READER(reader, 3)
READER(reader_other, 5)

long (MS *key)(int, ...) STATIC_CALL_KEY = reader;

#define CALL(f) (uint64_t)(f(1, ARG(2), ARG(3.5)) * 1000 +		\
			   f(3, ARG(4), 5.5, 6, ARG(7.25), ARG(8), 9.5))

int main(void)
{
	COMPARE(key, reader, reader_other);
	return 0;
}
