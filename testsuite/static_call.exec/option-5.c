/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --gc-sections: entries go with the functions that are dropped, and the others stay. */
/* { dg-do run } */
/* { dg-additional-options "-ffunction-sections -fdata-sections -Wl,--gc-sections" } */
/* { dg-additional-sources "option-5-unused.c" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
