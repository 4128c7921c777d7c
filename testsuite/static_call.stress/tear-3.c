/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same patcher on a site inside an aligned quadword: it never tears. */
/* { dg-do run } */
/* { dg-timeout 120 } */
#define BOUNDARY 0
#define MUST_TEAR 0
#include "tear.h"
