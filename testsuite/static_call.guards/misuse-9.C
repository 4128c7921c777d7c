/* SPDX-License-Identifier: GPL-2.0-or-later */
// A type that is not known yet does not choose among several functions.
// { dg-do compile }
// { dg-options "-std=c++17" }
#include <static_call.h>

static int over(int x) { return x + 1; }
static long over(long x) { return x + 2; }
template <class T> T generic(T x) { return x + 3; }

template <class T> struct hooks {
	static inline T (*several)(T) STATIC_CALL_KEY_INLINE(over); // { dg-error "several. must be functions of its type" }
	// { dg-message "does not choose among several" "" 0 }
	static inline T (*any)(T) STATIC_CALL_KEY_INLINE(generic); // { dg-error "any. must be functions of its type" }
	static inline T (*instance)(T) STATIC_CALL_KEY_INLINE(generic<T>, static_cast<T (*)(T)>(over));
};

int work(int x) { return hooks<int>::several(x) + hooks<int>::any(x) + hooks<int>::instance(x) + over(x) + (int)over(1L); }
