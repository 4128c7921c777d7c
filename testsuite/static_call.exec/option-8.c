/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Profiling by -pg and -fpatchable-function-entry. */
/* { dg-do run } */
/* { dg-skip-if "a profiled program is no shared library" { *-*-* } { "-shared" } } */
/* { dg-additional-options "-pg -fno-omit-frame-pointer -fpatchable-function-entry=5" } */
/* { dg-final { check-static-call } } */
#include "option.h"
