/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The assembler syntax of Intel. */
/* { dg-do run } */
/* { dg-additional-options "-masm=intel" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
