/* SPDX-License-Identifier: GPL-2.0-or-later */
// In C++: the type chooses among overloaded functions and templates; a method is no function.
// { dg-do compile }
#include <static_call.h>

static int over(int x) { return x + 1; }
static long over(long x) { return x + 2; }
template <class T> T generic(T x) { return x + 3; }
struct object {
	int method(int x);
	static int fixed(int x) { return x + 4; }
};
namespace space {
inline int inner(int x) { return x + 5; }
}

int (*by_type)(int) STATIC_CALL_KEY_INLINE(over);
int (*by_template)(int) STATIC_CALL_KEY_INLINE(generic);
int (*fixed)(int) STATIC_CALL_KEY_INLINE(object::fixed);
int (*address)(int) STATIC_CALL_KEY_INLINE(&object::fixed);
int (*inner)(int) STATIC_CALL_KEY_INLINE(space::inner);
int (*instance)(int) STATIC_CALL_KEY_INLINE(generic<int>, &over);
int (*method)(int) STATIC_CALL_KEY_INLINE(&object::method); // { dg-error "method" }
char (*no_such)(char *) STATIC_CALL_KEY_INLINE(over); // { dg-error "no_such. must be functions of its type" }
int (*wrong)(int) STATIC_CALL_KEY_INLINE(generic<long>); // { dg-error "wrong. must be functions of its type" }

int work(int x) { return (int)(over(x) + over((long)x)); }
