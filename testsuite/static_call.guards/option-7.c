/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small functions are not inlined at this level: only those that the user names are. */
/* { dg-do assemble } */
/* { dg-options "-O1" } */
/* { dg-final { scan-sections {static_call_key_guards +PROGBITS +[0-9a-f]+ [0-9a-f]+ 000014 } } } */
/* { dg-final { scan-report-times {"key":"named","result":"guarded","target":"add"} 1 } } */
#include "option.h"
