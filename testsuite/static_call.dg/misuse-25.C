/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: a pointer to a member function is no pointer to function. */
/* { dg-do compile } */
#include <static_call.h>

struct object {
	int method(int);
};

int (object::*pointer)(int) STATIC_CALL_KEY; /* { dg-error "not a pointer to function|no pointer to function" } */
