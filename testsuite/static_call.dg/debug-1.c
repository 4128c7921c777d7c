/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug information still describes the call. */
/* { dg-do compile } */
/* { dg-options "-O2 -g" } */
/* { dg-final { scan-assembler {\.loc 1 11 } } } */
/* { dg-final { scan-assembler {DW_TAG_call_site|\.debug_info} } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int work(int x)
{
	return key(x) + 1;
}
