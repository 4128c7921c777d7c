/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -mx32: pointers are no quadwords. */
/* { dg-do compile } */
/* { dg-options "-mx32 -O2" } */
int (*key)(int) __attribute__((static_call_key)); /* { dg-error "needs 64-bit x86 code" } */
