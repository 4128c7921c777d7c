// SPDX-License-Identifier: GPL-2.0-or-later
// In a template the pointer's type may depend on parameters that the named functions do not depend on.
// { dg-do assemble }
// { dg-options "-O2 -std=c++17" }
// { dg-final { scan-function-not work_argument {\tcall} } }
// { dg-final { scan-function-not work_class {\tcall} } }
// { dg-final { scan-function-not work_return {\tcall} } }
// { dg-final { scan-function-not work_member {\tcall} } }
// { dg-final { scan-function work_other {\tcall} } }
#include <static_call.h>

template <class T> struct box {
	T value;
};

template <int N> static int add(int x) { return x + N; }
static int twice(int x) { return x * 2; }
static int open(box<int> b) { return b.value; }

template <class T> struct hooks {
	static inline int (*argument)(T) STATIC_CALL_KEY_INLINE(twice, add<3>) = add<3>;
	static inline int (*of_class)(box<T>) STATIC_CALL_KEY_INLINE(open) = open;
	static inline T (*result)(int) STATIC_CALL_KEY_INLINE(add<5>) = add<5>;
};

template <class T> struct ops {
	int (*op)(T) STATIC_CALL_KEY_INLINE(twice);
};

static int other(long x) { return (int)x + 1; }
ops<int> fits = { twice };
ops<long> does_not = { other };

extern "C" {
int work_argument(int x) { return hooks<int>::argument(x); }
int work_class(int x) { return hooks<int>::of_class({ x }); }
int work_return(int x) { return hooks<int>::result(x); }
int work_member(int x) { return fits.op(x); }
int work_other(int x) { return does_not.op(x) + 1; }
}
