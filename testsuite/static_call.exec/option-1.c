/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Retpolines: neither sites nor trampolines need a thunk to be direct; the values are right. */
/* { dg-do run } */
/* { dg-require-effective-target retpoline } */
/* { dg-additional-options "-mindirect-branch=thunk -mfunction-return=thunk -fcf-protection=none" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
