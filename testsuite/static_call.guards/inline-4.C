// SPDX-License-Identifier: GPL-2.0-or-later
// In templates each instance names its own function.
// { dg-do assemble }
// { dg-final { scan-report-times {"result":"guarded","target":"holder<int>::add"} 2 } }
// { dg-final { scan-report-times {"result":"guarded","target":"holder<long int>::add"} 1 } }
// { dg-final { scan-report-times {"result":"guarded","target":"twice<int>"} 1 } }
// { dg-final { scan-report-times {"result":"guarded","target":"twice<long int>"} 1 } }
// { dg-final { scan-report-times {"result":"guarded","target":"constant"} 1 } }
// { dg-final { scan-function-not work {\tcall} } }
#include <static_call.h>

template <class T> struct holder {
	static T add(T x) { return x + 5; }
	static T (*hook)(T) STATIC_CALL_KEY_INLINE(add);
	T (*member)(T) STATIC_CALL_KEY_INLINE(add);
};
template <class T> T (*holder<T>::hook)(T);

template <class T> T twice(T x) { return x * 2; }
template <class T> struct other {
	static T (*hook)(T) STATIC_CALL_KEY_INLINE(twice<T>);
};
template <class T> T (*other<T>::hook)(T);

constexpr int constant(int x) { return x + 77; }
extern int (*key)(int) STATIC_CALL_KEY_INLINE(constant);

holder<int> object;

extern "C" long work(int x)
{
	return holder<int>::hook(x) ^ holder<long>::hook(x) ^ object.member(x) ^ other<int>::hook(x) ^
	       other<long>::hook(x) ^ key(x);
}
