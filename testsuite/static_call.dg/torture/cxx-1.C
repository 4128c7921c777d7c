/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: keys are named by their mangled names, so that those of a class or namespace do not clash. */
/* { dg-do compile } */
/* { dg-options "-std=c++17" } */
/* { dg-final { scan-assembler {call\tstatic_call_key_trampoline\._ZN5outer3keyE} } } */
/* { dg-final { scan-assembler {call\tstatic_call_key_trampoline\._ZN5hooks6memberE} } } */
/* { dg-final { scan-assembler {call\tstatic_call_key_trampoline\._ZN6holderIiE3keyE} } } */
/* { dg-final { scan-assembler-not {call\t\*} } } */
#include <static_call.h>

namespace outer {
int (*key)(int) STATIC_CALL_KEY;
}

struct hooks {
	static inline int (*member)(int) STATIC_CALL_KEY;
};

template <typename T> struct holder {
	static T (*key)(T) STATIC_CALL_KEY;
	static T call(T x) { return key(x) + 1; }
};
template <typename T> T (*holder<T>::key)(T) STATIC_CALL_KEY;

int work(int x)
{
	return outer::key(x) + hooks::member(x) + holder<int>::call(x);
}
