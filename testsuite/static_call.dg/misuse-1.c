/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A variable that is no pointer. */
/* { dg-do compile } */
#include <static_call.h>

int number STATIC_CALL_KEY; /* { dg-error ".number., which is not a pointer to function" } */
