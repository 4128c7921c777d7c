/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -mfentry says how -pg would be done, and some compilers have it on by default: nothing is watched. */
/* { dg-do compile } */
/* { dg-options "-O2 -mfentry" } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, seven\n} } } */
#include <static_call.h>

extern int (*key)(void) STATIC_CALL_KEY;

int seven(void) { return 7; }
