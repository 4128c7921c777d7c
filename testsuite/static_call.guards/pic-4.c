/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A weak function may be another at the link. */
/* { dg-do assemble } */
/* { dg-options "-O2 -DPIC_ATTRIBUTE=__attribute__((weak))" } */
/* { dg-final { scan-sections-not {static_call_key_guards} } } */
/* { dg-final { scan-report-times {"key":"key","result":"plain","reason":"interposable"} 1 } } */
#include "pic.h"
