/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Complex numbers: one or two SSE registers, x87, integer registers. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define COMPLEX(name, type)						\
	typedef _Complex type name##_complex;				\
	NOIPA static name##_complex name##_add(name##_complex a, int b, name##_complex c) \
	{								\
		return a + b + c;					\
	}								\
	NOIPA static name##_complex name##_subtract(name##_complex a, int b, name##_complex c) \
	{								\
		return a - b - c;					\
	}								\
	name##_complex (*name##_key)(name##_complex, int, name##_complex) \
		STATIC_CALL_KEY = name##_add

COMPLEX(float, float);
COMPLEX(double, double);
COMPLEX(extended, long double);
COMPLEX(integer, int);
COMPLEX(wide, long);

#define MAKE(type, re, im) __builtin_complex((type)ARG(re), (type)ARG(im))
#define CALL_REAL(type, f) ({						\
	_Complex type result = f(MAKE(type, 1.5, 2.5), ARG(3), MAKE(type, 4.25, -5.75)); \
	mix(mix(0, (uint64_t)(long)(__real__ result * 8)),		\
	    (uint64_t)(long)(__imag__ result * 8)); })

#define CALL_FLOAT(f)		CALL_REAL(float, f)
#define CALL_DOUBLE(f)		CALL_REAL(double, f)
#define CALL_EXTENDED(f)	CALL_REAL(long double, f)

#define CALL_INTEGER(f) ({						\
	__auto_type result = f(ARG(1) + 2i, ARG(3), ARG(4) - 5i);	\
	mix(mix(0, __real__ result), __imag__ result); })

int main(void)
{
	COMPARE_WITH(CALL_FLOAT, float_key, float_add, float_subtract);
	COMPARE_WITH(CALL_DOUBLE, double_key, double_add, double_subtract);
	COMPARE_WITH(CALL_EXTENDED, extended_key, extended_add, extended_subtract);
	COMPARE_WITH(CALL_INTEGER, integer_key, integer_add, integer_subtract);
	COMPARE_WITH(CALL_INTEGER, wide_key, wide_add, wide_subtract);
	return 0;
}
