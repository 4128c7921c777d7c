/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vectors of 512 bits, in functions for AVX-512. */
/* { dg-do run } */
/* { dg-additional-options "-Wno-psabi" } */
/* { dg-final { check-static-call } } */
#define BYTES		64
#define TARGET		__attribute__((target("avx512f")))
#define RUNS_HERE	__builtin_cpu_supports("avx512f")
#include "vector.h"
