/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What another module may replace is not inlined, and the report says so. */
/* { dg-do assemble } */
/* { dg-options "-O2 -fPIC" } */
/* { dg-final { scan-function work {\tcall} } } */
/* { dg-final { scan-sections-not {static_call_key_guards} } } */
/* { dg-final { scan-report-times {"key":"key","result":"plain","reason":"interposable"} 1 } } */
#include "pic.h"
