/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A typedef. */
/* { dg-do compile } */
#include <static_call.h>

typedef int (*callback)(int) STATIC_CALL_KEY; /* { dg-error "on the type .callback." } */
