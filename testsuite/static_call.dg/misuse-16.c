/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An unknown argument. */
/* { dg-do compile } */
#include <static_call.h>

int (*key)(int) __attribute__((static_call_key("nop"))); /* { dg-error "unknown argument of .static_call_key." } */
