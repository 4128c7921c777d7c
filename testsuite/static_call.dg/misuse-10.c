/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function. */
/* { dg-do compile } */
#include <static_call.h>

int function(int) STATIC_CALL_KEY; /* { dg-error "on the function .function." } */
