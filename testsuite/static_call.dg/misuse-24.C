/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: a reference, a local, a thread-local and a non-static member function. */
/* { dg-do compile } */
#include <static_call.h>

int (*plain)(int);
int (*&reference)(int) STATIC_CALL_KEY = plain; /* { dg-error "reference .reference." } */
thread_local int (*key)(int) STATIC_CALL_KEY; /* { dg-error "thread-local variable .key." } */

struct ops {
	int method(int) STATIC_CALL_KEY; /* { dg-error "on the function" } */
	int number STATIC_CALL_KEY; /* { dg-error "not a pointer to function" } */
};

int work(int x)
{
	int (*local)(int) STATIC_CALL_KEY = plain; /* { dg-error "local variable .local." } */

	return local(x);
}
