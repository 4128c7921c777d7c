/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A parameter. */
/* { dg-do compile } */
#include <static_call.h>

int work(int (*parameter)(int) STATIC_CALL_KEY, int x) /* { dg-error "parameter .parameter." } */
{
	return parameter(x);
}
