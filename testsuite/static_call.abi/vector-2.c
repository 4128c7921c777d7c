/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vectors of 256 bits, in functions for AVX2. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-psabi" } */
/* { dg-final { check-static-call } } */
#define BYTES		32
#define TARGET		__attribute__((target("avx2")))
#define RUNS_HERE	__builtin_cpu_supports("avx2")
#include "vector.h"
