/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Too many arguments. */
/* { dg-do compile } */
#include <static_call.h>

int (*key)(int) __attribute__((static_call_key("nop_if_null", "nop_if_null", "nop_if_null", "pure"))); /* { dg-error "wrong number of arguments" } */
