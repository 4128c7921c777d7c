/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stores=error: the same as errors; static_call_key_update is no store. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-stores=error" } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int (*plain)(int);

int work(int (*f)(int))
{
	plain = f;
	key = f; /* { dg-error "store that may change the .static_call_key. .key.: use .static_call_key_update." } */
	return static_call_key_update(&key, f);
}
