/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A type. */
/* { dg-do compile } */
#include <static_call.h>

struct STATIC_CALL_KEY tagged { /* { dg-error "static_call_key. on a type|on the type" } */
	int (*call)(int);
};
