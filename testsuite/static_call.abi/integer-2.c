/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results of every integer size: what lies above them in %rax is nobody's business. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"

#define RESULT(type, name)						\
	NOIPA static type name##_low(long x)				\
	{								\
		return (type)x;						\
	}								\
	NOIPA static type name##_high(long x)				\
	{								\
		return (type)(x >> 7);					\
	}								\
	type (*name##_key)(long) STATIC_CALL_KEY = name##_low

RESULT(signed char, schar);
RESULT(unsigned char, uchar);
RESULT(short, sshort);
RESULT(unsigned short, ushort);
RESULT(int, sint);
RESULT(unsigned int, uint);
RESULT(long, slong);
RESULT(_Bool, boolean);
RESULT(void *, pointer);

#define CALL(f)		mix(1, (uint64_t)f(ARG(0x7e8f9aabbccdd51f)))
#define CALL_BOOLEAN(f)	mix(1, (uint64_t)f(ARG(0x40)))

int main(void)
{
	COMPARE(schar_key, schar_low, schar_high);
	COMPARE(uchar_key, uchar_low, uchar_high);
	COMPARE(sshort_key, sshort_low, sshort_high);
	COMPARE(ushort_key, ushort_low, ushort_high);
	COMPARE(sint_key, sint_low, sint_high);
	COMPARE(uint_key, uint_low, uint_high);
	COMPARE(slong_key, slong_low, slong_high);
	COMPARE(pointer_key, pointer_low, pointer_high);
	COMPARE_WITH(CALL_BOOLEAN, boolean_key, boolean_low, boolean_high);
	return 0;
}
