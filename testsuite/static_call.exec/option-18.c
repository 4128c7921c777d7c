/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --gc-sections -z start-stop-gc: what nobody needs goes, with its entries, keys and trampolines. */
/* { dg-do run } */
/* { dg-require-effective-target start_stop_gc } */
/* { dg-additional-options "-ffunction-sections -fdata-sections -Wl,--gc-sections,-z,start-stop-gc" } */
/* { dg-additional-sources "option-5-unused.c" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { scan-symbols-not {unused} } } */
/* { dg-final { check-static-call } } */
#include "option.h"
