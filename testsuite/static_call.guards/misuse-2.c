/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One to four functions. */
/* { dg-do compile } */
/* { dg-options "-O2" } */
#include <static_call.h>

int a(int x);
int b(int x);
int c(int x);
int d(int x);
int e(int x);

int (*five)(int) STATIC_CALL_KEY_INLINE(a, b, c, d, e); /* { dg-error "wrong number of arguments" } */
int (*none)(int) STATIC_CALL_KEY_INLINE(); /* { dg-error "wrong number of arguments" } */
int (*four)(int) STATIC_CALL_KEY_INLINE(a, b, c, d);
