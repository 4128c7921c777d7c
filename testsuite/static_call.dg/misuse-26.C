/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: misuse in a template is found where it is instantiated, at the latest. */
/* { dg-do compile } */
#include <static_call.h>

template <typename T> struct holder {
	static T value STATIC_CALL_KEY;
};
template <typename T> T holder<T>::value; /* { dg-error "not a pointer to function" } */

int work()
{
	return holder<int>::value;
}
