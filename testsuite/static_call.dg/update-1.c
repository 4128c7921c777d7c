/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C: static_call_key_update diagnoses a function of another type, as an assignment does. */
/* { dg-do compile } */
/* { dg-options "-O2 -Werror=incompatible-pointer-types" } */
/* { dg-error "incompatible pointer type .int .\\*..double." "" { target *-*-* } 0 } */
/* { dg-error "incompatible pointer type .void .\\*..void." "" { target *-*-* } 0 } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int right(int);
int wrong(double);
void (*also_wrong)(void);

int work(void)
{
	return static_call_key_update(&key, right) +
		static_call_key_update(&key, NULL) +
		static_call_key_update(&key, wrong) + /* { dg-message "note: in expansion of macro .static_call_key_update" "" } */
		static_call_key_update(&key, also_wrong); /* { dg-message "note: in expansion of macro .static_call_key_update" "" } */
}
