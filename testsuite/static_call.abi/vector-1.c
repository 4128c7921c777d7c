/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vectors of 128 bits. */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#define BYTES		16
#define TARGET
#define RUNS_HERE	1
#include "vector.h"
