/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dynamic calls want %r10 and %r11: where one of them is kept they stay what they are, and the report says why. */
/* { dg-do compile } */
/* { dg-options "-O2 -fcall-saved-r10 -fplugin-arg-static_call-dynamic=all" } */
/* { dg-final { scan-assembler-not "static_call_key_dynamics" } } */
/* { dg-final { scan-report-times {"result":"indirect","reason":"registers"} 1 } } */
int work(int x, int (*fn)(int));
int work(int x, int (*fn)(int))
{
	return fn(x) + 1;
}
