/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CET: trampolines are no indirect branch targets without endbr64. */
/* { dg-do run } */
/* { dg-require-effective-target cet } */
/* { dg-additional-options "-fcf-protection=full" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
