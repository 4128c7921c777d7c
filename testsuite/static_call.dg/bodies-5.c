/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel with the runtime built in patches branches only, and has no table of bodies. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding" } */
/* { dg-final { scan-assembler-not {\.LSCKB} } } */
#include <static_call.h>

extern int (*key)(void) STATIC_CALL_KEY;

void nothing(void) {}
int seven(void) { return 7; }
