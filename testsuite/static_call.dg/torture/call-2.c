/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The object file: a call of five bytes inside an aligned quadword, a table, a record. */
/* { dg-do assemble } */
/* { dg-final { scan-object-times {\tcallq? .*R_X86_64_(PLT32|PC32)\tstatic_call_key_trampoline\.key} 3 } } */
/* { dg-final { scan-sections-times { static_call_key_sites +PROGBITS } 1 } } */
/* { dg-final { scan-sections-times { static_call_key_records +PROGBITS } 1 } } */
/* { dg-final { check-static-call } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;

int work(int x)
{
	return key(x) + key(x + 1) * key(x + 2);
}
