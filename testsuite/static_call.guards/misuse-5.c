/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without the tag's use: "disable" takes the attribute, and looks at nothing. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-disable" } */
/* { dg-final { scan-assembler-not {static_call} } } */
#include <static_call.h>

static int add(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY_INLINE(add) = add;

int work(int x)
{
	return key(x);
}
