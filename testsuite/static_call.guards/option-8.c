/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Only what the user names is inlined. */
/* { dg-do assemble } */
/* { dg-options "-O2 -fplugin-arg-static_call-guards=named" } */
/* { dg-final { scan-sections {static_call_key_guards +PROGBITS +[0-9a-f]+ [0-9a-f]+ 000014 } } } */
/* { dg-final { scan-report-times {"key":"named","result":"guarded","target":"add"} 1 } } */
#include "option.h"
