/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No guard where the options say that nothing is inlined. */
/* { dg-do assemble } */
/* { dg-options "-Og" } */
/* { dg-final { scan-sections-not {static_call_key_guards} } } */
#include "option.h"
