/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Virtual calls, by way of a class and of a pointer to member; templates. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-dynamic=all -fplugin-arg-static_call-report" } */
#include <static_call_dynamic.h>

struct base { virtual int run(int); virtual ~base(); };

int call(base &b, int x) { return b.run(x) + 1; } /* { dg-message "made dynamic, with a state of its own" } */
int jump(base &b, int x) { return b.run(x); } /* { dg-message "made dynamic, with a state of its own" } */
int member(base &b, int (base::*f)(int), int x) { return (b.*f)(x) + 1; } /* { dg-message "made dynamic, with a state of its own" } */
template <class T> struct holder {
	T (*fn)(T) STATIC_CALL_DYNAMIC;
	T run(T x) { return fn(x) + 1; } // { dg-message "with the state .holder(<int>)?::fn" }
};
int instance(holder<int> &h) { return h.run(3); }

/* { dg-prune-output "In member function" } */
/* { dg-message "static_call.: 4 calls made dynamic" "" 0 } */
/* { dg-message "calls made direct" "" 0 } */
/* { dg-final { scan-assembler-times {\tcall\tstatic_call_key_dynamic\n} 2 } } */
/* { dg-final { scan-assembler-times {\tjmp\t\.LSCKD} 1 } } */
