/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A global register variable. */
/* { dg-do compile } */
#include <static_call.h>

register int (*key)(int) asm("rbx") STATIC_CALL_KEY; /* { dg-error "register variable .key." } */
