/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where data may be far, what guards refer to is near. */
/* { dg-do assemble } */
/* { dg-options "-O2 -mcmodel=medium -mlarge-data-threshold=1 -fPIC -fvisibility=hidden" } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-sections {static_call_key_guards +PROGBITS +[0-9a-f]+ [0-9a-f]+ 000050 } } } */
#include "several.h"
