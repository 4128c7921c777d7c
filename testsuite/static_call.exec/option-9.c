/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Link-time optimisation: whatever becomes direct, the program is the same. */
/* { dg-do run } */
/* { dg-require-effective-target lto } */
/* { dg-additional-options "-flto" } */
#define OPTION_LTO
#include "option.h"
