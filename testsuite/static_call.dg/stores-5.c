/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stores=warn does not warn of the header's own functions. */
/* { dg-do compile } */
/* { dg-options "-O0 -Wall -Wextra -fplugin-arg-static_call-stores=warn" } */
#include <static_call.h>

int one(int x);
int (*key)(int) STATIC_CALL_KEY = one;

int work(int (*f)(int))
{
	struct static_call_key_change change = { &key, (static_call_key_fn)f };

	return static_call_key_update(&key, f) + static_call_key_update_many(&change, 1);
}
