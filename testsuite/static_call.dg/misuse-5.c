/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bit-field. */
/* { dg-do compile } */
#include <static_call.h>

struct bits {
	unsigned long field : 40 STATIC_CALL_KEY; /* { dg-error "bit-field .field." } */
	int (*call)(int) STATIC_CALL_KEY;
};
