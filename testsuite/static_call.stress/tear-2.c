/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same across a 32-byte boundary: some machines tear, and the runtime must not rely on any. */
/* { dg-do run } */
/* { dg-timeout 120 } */
#define BOUNDARY 32
#define MUST_TEAR 1
#include "tear.h"
