/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An array of numbers. */
/* { dg-do compile } */
#include <static_call.h>

long table[4] STATIC_CALL_KEY; /* { dg-error ".table., which is not a pointer to function" } */
