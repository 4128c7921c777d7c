/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same in the other syntax. */
/* { dg-do assemble } */
/* { dg-options "-O2 -masm=intel -fPIC -fvisibility=hidden" } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-sections {static_call_key_guards +PROGBITS +[0-9a-f]+ [0-9a-f]+ 000050 } } } */
#include "several.h"
