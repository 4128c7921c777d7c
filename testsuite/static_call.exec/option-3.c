/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Retpolines whose thunks are external, as in the kernel. */
/* { dg-do run } */
/* { dg-require-effective-target retpoline } */
/* { dg-additional-options "-mindirect-branch=thunk-extern -mindirect-branch-register -fcf-protection=none" } */
/* { dg-additional-sources "option-3-thunks.c" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
