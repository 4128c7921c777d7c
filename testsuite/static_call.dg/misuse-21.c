/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Misuse costs its message only: the rest of the unit compiles as ever. */
/* { dg-do compile } */
#include <static_call.h>

int number STATIC_CALL_KEY; /* { dg-error "not a pointer to function" } */
int (*key)(int) STATIC_CALL_KEY;

int work(int x)
{
	return key(x) + number;
}
