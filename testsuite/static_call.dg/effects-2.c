/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A keyed call reads what its arguments point to and may change what others can
 * see, and nothing else: the store before it stays, and a local whose address did
 * not get out is not reloaded.
 */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

void (*key)(int *) STATIC_CALL_KEY;

int work(int *unrelated)
{
	int out[1] = { 0x1234 };
	int kept[64];
	int i, sum = 0;

	for (i = 0; i < 64; i++)
		kept[i] = 0x4321;
	key(out);
	for (i = 0; i < 64; i++)
		sum += kept[i];
	return sum + out[0] + *unrelated;
}

/* The pointed-to argument is stored; the array is folded away: 64 * 0x4321. */
/* { dg-final { scan-assembler {movl\t\$4660, } } } */
/* { dg-final { scan-assembler-not {\$17185} } } */
/* { dg-final { scan-assembler {1099840} } } */
