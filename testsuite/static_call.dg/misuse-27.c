/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arguments of the attribute may be combined; each has to be known. */
/* { dg-do compile } */
#include <static_call.h>

int (*key)(int) __attribute__((static_call_key("nop_if_null", "pure")));
int (*wrong)(int) __attribute__((static_call_key("nop_if_null", "pur"))); /* { dg-error "unknown argument of .static_call_key." } */
