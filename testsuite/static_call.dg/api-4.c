/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function of the program's own with such a name is no reason to want the runtime. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-not "static_call_key_runtime_wanted" } } */

extern long static_call_key_rt_other(void) __attribute__((weak));

long look(void)
{
	return static_call_key_rt_other ? static_call_key_rt_other() : 0;
}
