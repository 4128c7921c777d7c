/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: static_call_key_update refuses a function of another type. */
/* { dg-do compile } */
/* { dg-options "-O2 -std=c++17" } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int (*quiet)(int) noexcept STATIC_CALL_KEY;
int right(int);
int quiet_right(int) noexcept;
int wrong(double);

int work()
{
	return static_call_key_update(&key, right) +
		static_call_key_update(&key, quiet_right) +
		static_call_key_update(&quiet, quiet_right) +
		static_call_key_update(&key, nullptr);
}

int work_wrong()
{
	return static_call_key_update(&key, wrong); /* { dg-error "no matching function|invalid conversion" } */
}

int work_throwing()
{
	return static_call_key_update(&quiet, right); /* { dg-error "no matching function|invalid conversion" } */
}
