/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The large code model has none: calls stay indirect, and are reported. */
/* { dg-do run } */
/* { dg-additional-options "-mcmodel=large" } */
/* { dg-final { scan-function work {(call|jmp)q? +\*} } } */
/* { dg-final { scan-report {"function":"work",.*"result":"indirect","reason":"code-model"} } } */
#define OPTION_INDIRECT
#include "option.h"
