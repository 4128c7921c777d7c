/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An argument that is no string. */
/* { dg-do compile } */
#include <static_call.h>

int (*key)(int) __attribute__((static_call_key(1))); /* { dg-error "unknown argument of .static_call_key." } */
