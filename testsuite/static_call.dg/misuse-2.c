/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer to data. */
/* { dg-do compile } */
#include <static_call.h>

int *pointer STATIC_CALL_KEY; /* { dg-error ".pointer., which is not a pointer to function" } */
