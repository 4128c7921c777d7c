/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module that exports keys of each kind. */
module;
#include <static_call.h>
export module keys;

export typedef int (*function)(int);
export typedef int limited(int) STATIC_CALL_KEY_CLOBBERS("rax", "r11");

int one(int x)
{
	return x + 1;
}

export int two(int x)
{
	return x * 2;
}

export struct ops {
	function tagged STATIC_CALL_KEY;
	function plain;
};

export struct table {
	function first, second;
};

export template <typename T> struct holder {
	static T key STATIC_CALL_KEY;
};
template <typename T> T holder<T>::key = one;

export function key STATIC_CALL_KEY = one;
export function null_key STATIC_CALL_KEY_NOP_IF_NULL = one;
export ops ops_key = { one, one };
export table table_key STATIC_CALL_KEY = { one, one };

export int call(int x)
{
	return key(x) + null_key(x) + ops_key.tagged(x) + table_key.second(x);
}

export int call_holder(int x)
{
	return holder<function>::key(x);
}
