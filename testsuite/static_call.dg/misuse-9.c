/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A member that is no pointer to function. */
/* { dg-do compile } */
#include <static_call.h>

struct ops {
	int number STATIC_CALL_KEY; /* { dg-error ".number., which is not a pointer to function" } */
	int (*call)(int) STATIC_CALL_KEY;
};
