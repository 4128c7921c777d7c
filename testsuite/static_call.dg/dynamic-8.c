/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dynamic=off. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-dynamic=off" } */
#include <static_call_dynamic.h>

int call(int (*f)(int) STATIC_CALL_DYNAMIC, int x) { return f(x) + 1; }

/* { dg-final { scan-assembler-not {static_call_key_dynamic} } } */
/* { dg-final { scan-assembler {\tcall\t\*} } } */
