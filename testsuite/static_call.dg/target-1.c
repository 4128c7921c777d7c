/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -m32 has no quadword stores to rely on: one clear error. */
/* { dg-do compile } */
/* { dg-require-effective-target ia32 } */
/* { dg-options "-m32 -O2" } */
int (*key)(int) __attribute__((static_call_key)); /* { dg-error "needs 64-bit x86 code" } */
int (*second)(int) __attribute__((static_call_key));
