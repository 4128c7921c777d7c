/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The arguments of static_call_key_update are evaluated once. */
/* { dg-do compile } */
/* { dg-options "-O2 -Wall -Wextra -Wunused-value" } */
/* { dg-final { scan-assembler-times {call\teffect} 1 } } */
/* { dg-final { scan-assembler-times {call\tplace} 1 } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int (*effect(void))(int);
int (**place(void))(int);

int work(void)
{
	return static_call_key_update(place(), effect());
}
