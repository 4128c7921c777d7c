/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hidden functions are inlined in a library too. */
/* { dg-do assemble } */
/* { dg-options "-O2 -fPIC -fvisibility=hidden" } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-report-times {"key":"key","result":"guarded"} 1 } } */
#include "pic.h"
