/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nop_if_null, and a result that is neither integer nor pointer. */
/* { dg-do compile } */
#include <static_call.h>

double (*key)(double) STATIC_CALL_KEY_NOP_IF_NULL; /* { dg-error "a function that returns .double. has no zero" } */
