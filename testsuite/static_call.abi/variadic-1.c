/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Variadic targets: integers, doubles and long doubles, in registers and past them. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"
#include <stdarg.h>

static uint64_t read(const char *types, va_list list, uint64_t sum)
{
	long double extended;
	double number;

	for (; *types; types++) {
		switch (*types) {
		case 'i':
			sum = mix(sum, va_arg(list, int));
			break;
		case 'l':
			sum = mix(sum, va_arg(list, long));
			break;
		case 'd':
			number = va_arg(list, double);
			sum = mix_bytes(sum, &number, sizeof(number));
			break;
		case 'x':
			extended = va_arg(list, long double);
			sum = mix_bytes(sum, &extended, 10);
			break;
		}
	}
	return sum;
}

#define READER(name, start)						\
	NOIPA static uint64_t name(const char *types, ...)		\
	{								\
		va_list list;						\
		uint64_t sum;						\
									\
		va_start(list, types);					\
		sum = read(types, list, start);				\
		va_end(list);						\
		return sum;						\
	}

READER(reader, 1)
READER(reader_other, 2)

uint64_t (*key)(const char *, ...) STATIC_CALL_KEY = reader;

#define CALL(f) (f("") + 3 * f("iii", ARG(1), 2, 3) + 5 * f("dd", ARG(4.5), 5.5) +	\
		 7 * f("idlxdidliddxlddddd", ARG(6), ARG(7.5), ARG(8l), ARG(9.5L), 10.5, 11,	\
		       ARG(12.5), 13l, 14, 15.5, 16.5, ARG(17.5L), 18l, 19.5, 20.5, 21.5, 22.5,	\
		       ARG(23.5)))

int main(void)
{
	COMPARE(key, reader, reader_other);
	return 0;
}
