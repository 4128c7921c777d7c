/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No calls, no guards. */
/* { dg-do assemble } */
/* { dg-options "-O2 -mcmodel=large" } */
/* { dg-final { scan-sections-not {static_call_key_guards} } } */
#include "option.h"
