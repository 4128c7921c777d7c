/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Retpolines whose thunks are inline. */
/* { dg-do run } */
/* { dg-require-effective-target retpoline } */
/* { dg-additional-options "-mindirect-branch=thunk-inline -mindirect-branch-register -fcf-protection=none" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
