/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: likewise, and in a unit that sees no tag at all; nothing in templates. */
/* { dg-do compile } */
#include <static_call.h>

typedef int (*function)(int);

function forgotten;
int one(int x);

template <typename T> void set(T *where, T value)
{
	static_call_key_update(where, value);
}

void updates(function &reference)
{
	static_call_key_update(&forgotten, one); /* { dg-warning "of .forgotten., which is no .static_call_key." } */
	static_call_key_update(&reference, one);
	set<function>(&forgotten, one);
}
