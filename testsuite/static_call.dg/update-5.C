/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: static_call_key_update() takes every kind of function type, and nothing else. */
/* { dg-do compile } */
/* { dg-options "-O2 -std=c++17 -Wall -Wextra" } */
#include <static_call.h>

typedef int (*constant)(int) __attribute__((const));

int ordinary(int);
int variadic(int, ...);
int never_throws(int) noexcept;
constant constant_key STATIC_CALL_KEY;
int (*key)(int) STATIC_CALL_KEY;
int (*variadic_key)(int, ...) STATIC_CALL_KEY;
int (*noexcept_key)(int) noexcept STATIC_CALL_KEY;
int (*quiet_key)(int) STATIC_CALL_KEY_CLOBBERS("rax", "r11") STATIC_CALL_KEY;
int *object;

int work(constant c, int (*quiet)(int) STATIC_CALL_KEY_CLOBBERS("rax", "r11"))
{
	return static_call_key_update(&constant_key, c) | static_call_key_update(&key, ordinary) |
	       static_call_key_update(&variadic_key, variadic) |
	       static_call_key_update(&noexcept_key, never_throws) |
	       static_call_key_update(&quiet_key, quiet) | static_call_key_update(&key, nullptr);
}

int wrong()
{
	int r = static_call_key_update(&key, variadic); /* { dg-error "conver" } */

	r |= static_call_key_update(&noexcept_key, ordinary); /* { dg-error "conver" } */
	return r;
}
