/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Negative control: a displacement across a 64-byte boundary, written by one unaligned store, tears. */
/* { dg-do run } */
/* { dg-timeout 120 } */
#define BOUNDARY 64
#define MUST_TEAR 1
#include "tear.h"
