/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The assembler pads branches, and functions are hot, cold and aligned. */
/* { dg-do run } */
/* { dg-additional-options "-Wa,-mbranches-within-32B-boundaries -freorder-blocks-and-partition -falign-functions=1 -falign-loops=1" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
