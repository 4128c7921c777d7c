/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug information, frame pointers, no red zone and no PLT. */
/* { dg-do run } */
/* { dg-additional-options "-g3 -fno-omit-frame-pointer -mno-red-zone -fno-plt" } */
/* { dg-final { direct-in work tail } } */
/* { dg-final { check-static-call } } */
#include "option.h"
