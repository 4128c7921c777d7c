/* SPDX-License-Identifier: GPL-2.0-or-later */
/* On what can be no key: one error, that of the tag. */
/* { dg-do compile } */
#include <static_call.h>

static int add(int x)
{
	return x + 1;
}

int number STATIC_CALL_KEY_INLINE(add); /* { dg-error ".number." } */
typedef int (*type)(int) STATIC_CALL_KEY_INLINE(add); /* { dg-error ".type." } */
struct STATIC_CALL_KEY_INLINE(add) tagged {int x; }; /* { dg-error "on a type" } */
int function(int x) STATIC_CALL_KEY_INLINE(add); /* { dg-error ".function." } */

int work(int x)
{
	int (*automatic)(int) STATIC_CALL_KEY_INLINE(add) = add; /* { dg-error ".automatic." } */

	return automatic(x);
}

int parameter(int (*fp)(int) STATIC_CALL_KEY_INLINE(add)) /* { dg-error ".fp." } */
{
	return fp(3);
}
