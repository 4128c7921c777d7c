/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * C++: a tag on std::function and the like does nothing, and is warned of. A class of
 * the program may call its private pointers itself.
 */
/* { dg-do compile } */
#include <static_call.h>
#include <functional>

typedef int (*function)(int);

std::function<int(int)> wrapped STATIC_CALL_KEY; /* { dg-warning "does nothing for .wrapped.: all pointers to function in its class are private" } */
std::function<void()> many[2] STATIC_CALL_KEY; /* { dg-warning "does nothing for .many." } */

struct holder {
	volatile function bad STATIC_CALL_KEY; /* { dg-warning "does nothing for .bad., which is volatile" } */
	static std::function<void()> shared STATIC_CALL_KEY; /* { dg-warning "does nothing for .holder::shared." } */
	static function good STATIC_CALL_KEY;
};

class owner {
	function call;
	static owner instance STATIC_CALL_KEY;
	friend int work(int x);
};
owner single STATIC_CALL_KEY;

int work(int x)
{
	return single.call(x);
}

std::pair<function, int> pair STATIC_CALL_KEY;

template <typename T> struct generic {
	static T value STATIC_CALL_KEY;
};
template <typename T> T generic<T>::value;

int use(int x)
{
	return generic<function>::value(x);
}
