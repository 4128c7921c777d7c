/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who asks the runtime wants it, also where no call goes through a key. */
/* { dg-do compile } */
/* { dg-final { scan-assembler "static_call_key_runtime_wanted" } } */
#include <static_call.h>

long look(void)
{
	return static_call_key_verify();
}
