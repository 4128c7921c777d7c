// SPDX-License-Identifier: GPL-2.0-or-later
// Static methods, instances of templates, inline functions, functions that do not throw; calls in try.
// { dg-do assemble }
// { dg-options "-O2 -std=c++17" }
// { dg-final { scan-function-not work_member {\tcall} } }
// { dg-final { scan-function-not work_template {\tcall} } }
// { dg-final { scan-function-not work_inline {\tcall} } }
// { dg-final { scan-function-not work_noexcept {\tcall} } }
// { dg-final { scan-function-not work_try {\tcall} } }
// { dg-final { scan-report-times {"result":"guarded"} 6 } }
#include <static_call.h>

struct object {
	static int negate(int x) { return -x; }
	int (*op)(int) STATIC_CALL_KEY;
};

template <class T> struct hooks {
	static T add(T x) { return x + 7; }
	static T (*hook)(T) STATIC_CALL_KEY;
};
template <class T> T (*hooks<T>::hook)(T) STATIC_CALL_KEY = hooks<T>::add;

inline int five(int x) { return x * 5; }
inline int (*inline_key)(int) STATIC_CALL_KEY = five;

static int quiet(int x) noexcept { return x + 1; }
int (*may_throw)(int) STATIC_CALL_KEY = quiet;
int (*never)(int) noexcept STATIC_CALL_KEY = quiet;

object o = { object::negate };
object table[2] = { {}, { object::negate } };

extern "C" {
int work_member(int x) { return o.op(x) + 1; }
int work_template(int x) { return hooks<int>::hook(x); }
int work_inline(int x) { return inline_key(x); }
int work_noexcept(int x) noexcept { return never(x) + table[1].op(x); }
int work_try(int x)
{
	try {
		return may_throw(x);
	} catch (...) {
		return 3;
	}
}
}
