/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -mforce-indirect-call: as asked, and reported. */
/* { dg-do run } */
/* { dg-additional-options "-mforce-indirect-call" } */
/* { dg-final { scan-report {"function":"work",.*"result":"indirect","reason":"code-model"} } } */
#define OPTION_INDIRECT
#include "option.h"
