/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A thread-local variable. */
/* { dg-do compile } */
#include <static_call.h>

__thread int (*key)(int) STATIC_CALL_KEY; /* { dg-error "thread-local variable .key." } */
