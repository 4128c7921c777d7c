/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Straight-line speculation: an int3 after every jump and return does not disturb the sites. */
/* { dg-do run } */
/* { dg-require-effective-target harden_sls } */
/* { dg-additional-options "-mharden-sls=all -fcf-protection=none" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
