/* SPDX-License-Identifier: GPL-2.0-or-later */
/* So are those of which the user says that nobody replaces them. */
/* { dg-do assemble } */
/* { dg-options "-O2 -fPIC -fno-semantic-interposition" } */
/* { dg-final { scan-function-not work {\tcall} } } */
/* { dg-final { scan-report-times {"key":"key","result":"guarded"} 1 } } */
#include "pic.h"
