/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pointer to a struct of pointers to function. */
/* { dg-do compile } */
#include <static_call.h>

struct ops { int (*call)(int); };
struct ops *pointer STATIC_CALL_KEY; /* { dg-error ".pointer., which is not a pointer to function" } */
