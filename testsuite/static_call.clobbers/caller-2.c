/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As caller-1.c, with -O1, where calls carry no note of what they call. */
/* { dg-do assemble } */
/* { dg-options "-O1" } */
/* { dg-final { scan-function-not keeps {push +%r(bx|1[2-5])|\(%rsp\)|mov.*\(%rbp\)} } } */
/* { dg-final { scan-function saves {push +%rbx} } } */
#include "caller.h"
