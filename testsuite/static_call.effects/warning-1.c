/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the function type says of the arguments and the result is checked at a keyed call. */
/* { dg-do compile } */
/* { dg-additional-options "-Wall" } */
#include <static_call.h>

int (*print)(const char *, ...) __attribute__((format(printf, 1, 2))) STATIC_CALL_KEY;
int (*needed)(void) __attribute__((warn_unused_result)) STATIC_CALL_KEY;
int (*list)(int, ...) __attribute__((sentinel)) STATIC_CALL_KEY;

void work(void)
{
	print("%s", 1);		/* { dg-warning "\\\[-Wformat=\\\]" } */
	needed();		/* { dg-warning "\\\[-Wunused-result\\\]" } */
	list(1, 2);		/* { dg-warning "\\\[-Wformat=\\\]" } */
}
