/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As caller-1.c, with -Os -fPIC. */
/* { dg-do assemble } */
/* { dg-options "-Os -fPIC" } */
/* { dg-final { scan-function-not keeps {push +%r(bx|1[2-5])|\(%rsp\)|mov.*\(%rbp\)} } } */
/* { dg-final { scan-function saves {push +%rbx} } } */
#include "caller.h"
