/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sanitizers, stack protection and trapping arithmetic around sites. */
/* { dg-do run } */
/* { dg-additional-options "-fstack-protector-all -ftrapv -fstack-clash-protection -D_FORTIFY_SOURCE=2" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
