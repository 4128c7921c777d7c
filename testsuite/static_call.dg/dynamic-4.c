/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dynamic=all leaves out what the source says, what is called in another way, and what is rarely run. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-dynamic=all -fplugin-arg-static_call-report" } */
#include <static_call_dynamic.h>

struct ops { int (*never)(int) STATIC_CALL_NEVER; int (*other)(int); };
typedef int (*quiet)(int) STATIC_CALL_NEVER;

int member(struct ops *p, int x) { return p->never(x) + 1; } /* { dg-message "not dynamic: static_call_never says so" } */
int type(quiet f, int x) { return f(x) + 1; } /* { dg-message "not dynamic: static_call_never says so" } */
STATIC_CALL_NEVER int function(struct ops *p, int x) { return p->other(x) + 1; } /* { dg-message "not dynamic: static_call_never says so" } */
__attribute__((cold)) int cold(struct ops *p, int x) { return p->other(x) + 1; } /* { dg-message "not dynamic: it is rarely run" } */
int limited(int (*f)(int) STATIC_CALL_KEY_CLOBBERS("rax", "r10", "r11")) { return f(1) + 1; } /* { dg-message "not dynamic: its function type" } */
int chain(int (*f)(int), int x) { return __builtin_call_with_static_chain(f(x), (void *)0) + 1; } /* { dg-message "not dynamic: it passes a static chain" } */
int dynamic(struct ops *p, int x) { return p->other(x) + 1; } /* { dg-message "made dynamic, with a state of its own" } */
extern void warn(void) __attribute__((cold));
int unlikely(struct ops *p, int x)
{
	if (x) {
		warn();
		return p->other(x) + 1; /* { dg-message "not dynamic: it is rarely run" } */
	}
	return 0;
}

/* { dg-message "static_call.: 1 calls made dynamic" "" 0 } */
/* { dg-message "calls made direct" "" 0 } */
/* { dg-final { scan-assembler-times {\tcall\tstatic_call_key_dynamic} 1 } } */
