/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is named must be functions, declared before, of the type that the key points to. */
/* { dg-do compile } */
#include <static_call.h>

static int add(int x)
{
	return x + 1;
}

static long other(int x, int y)
{
	return x + y;
}

int number;

int (*not_declared)(int) STATIC_CALL_KEY_INLINE(missing); /* { dg-error ".missing. undeclared" } */
int (*not_a_function)(int) STATIC_CALL_KEY_INLINE(number); /* { dg-error ".not_a_function. must be functions" } */
int (*no_name)(int) STATIC_CALL_KEY_INLINE("add"); /* { dg-error ".no_name. must be functions" } */
int (*a_number)(int) STATIC_CALL_KEY_INLINE(3); /* { dg-error ".a_number. must be functions" } */
int (*second_wrong)(int) STATIC_CALL_KEY_INLINE(add, number); /* { dg-error ".second_wrong. must be functions" } */
int (*wrong_type)(int) STATIC_CALL_KEY_INLINE(other); /* { dg-error ".other., which .static_call_key_inline. names, is not of the type that .wrong_type. points to" } */
int (*wrong_types[3])(int) STATIC_CALL_KEY_INLINE(add, other); /* { dg-error ".other., which .static_call_key_inline. names, is not of the type" } */

struct ops {
	int (*member)(int) STATIC_CALL_KEY_INLINE(other); /* { dg-error ".other., which .static_call_key_inline. names, is not of the type that .member. points to" } */
};

int work(int x)
{
	return add(x) + (int)other(x, x);
}
