/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A struct that holds no pointer to function. */
/* { dg-do compile } */
#include <static_call.h>

struct { int *a; long b; } data STATIC_CALL_KEY; /* { dg-error ".data., which holds no pointer to function" } */
