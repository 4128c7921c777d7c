/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Targets see the caller's rounding mode and may change it for the caller. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "abi.h"
#include <xmmintrin.h>

NOIPA static unsigned int get(unsigned int mode)
{
	(void)mode;
	return _MM_GET_ROUNDING_MODE();
}

NOIPA static unsigned int set(unsigned int mode)
{
	_MM_SET_ROUNDING_MODE(mode);
	return 0;
}

unsigned int (*key)(unsigned int) STATIC_CALL_KEY = get;

int main(void)
{
	unsigned int mode = _MM_GET_ROUNDING_MODE();

	CHECK_KEY(&key, get);
	_MM_SET_ROUNDING_MODE(_MM_ROUND_UP);
	CHECK(key(0) == _MM_ROUND_UP);
	CHECK(static_call_key_update(&key, set) == 0);
	CHECK_KEY(&key, set);
	CHECK(_MM_GET_ROUNDING_MODE() == _MM_ROUND_UP);
	CHECK(key(_MM_ROUND_DOWN) == 0);
	CHECK(_MM_GET_ROUNDING_MODE() == _MM_ROUND_DOWN);
	_MM_SET_ROUNDING_MODE(mode);
	return 0;
}
