/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What changes more registers than calls of the key expect cannot be offered. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
/* { dg-error ".any. may change .rdx., which calls through this pointer keep" "" { target *-*-* } 0 } */
#include <static_call.h>

#define FEW STATIC_CALL_KEY_CLOBBERS("rax")

long (*key)(long) FEW STATIC_CALL_KEY;
long few(long x) FEW;
long any(long x);

STATIC_CALL_KEY_OFFER(key, few, 0, 1);
STATIC_CALL_KEY_OFFER(key, any, 0, 2); /* { dg-message "note: in expansion of macro .STATIC_CALL_KEY_OFFER" "" } */
