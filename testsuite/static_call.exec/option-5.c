/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --gc-sections: whatever it drops, the sites that stay are right. */
/* { dg-do run } */
/* { dg-additional-options "-ffunction-sections -fdata-sections -Wl,--gc-sections" } */
/* { dg-additional-sources "option-5-unused.c" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
