/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C: the diagnosis is on by default, a warning or, since GCC 14, an error. */
/* { dg-do compile } */
/* { dg-message "(warning|error): \[^\n\]*incompatible pointer type" "" 0 } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int wrong(double);

int work(void)
{
	return static_call_key_update(&key, wrong); /* { dg-message "note: in expansion of macro .static_call_key_update" "" } */
}
