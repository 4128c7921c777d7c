/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -mcmodel=large allows no direct calls; the report says so. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=large -fno-pic -fplugin-arg-static_call-dynamic=all -fplugin-arg-static_call-report" } */
int call(int (*f)(int), int x) { return f(x) + 1; } /* { dg-message "not dynamic: -mcmodel= or -mforce-indirect-call" } */
/* { dg-message "calls made direct" "" 0 } */
/* { dg-final { scan-assembler-not {static_call_key_dynamic} } } */
