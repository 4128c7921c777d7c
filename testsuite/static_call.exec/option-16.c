/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every function instrumented, and values of registers cleared at returns. */
/* { dg-do run } */
/* { dg-additional-options "-fexceptions -fnon-call-exceptions -fzero-call-used-regs=used-gpr -fsanitize=undefined -fsanitize-undefined-trap-on-error" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
