/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A member, a variable, a parameter and a type that ask for dynamic calls: each has its own state, with its name. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-report" } */
#include <static_call_dynamic.h>

struct ops {
	int (*read)(int) STATIC_CALL_DYNAMIC;
	int (*write)(int);
};
typedef int (*callback)(int) STATIC_CALL_DYNAMIC_AS("callbacks of mine");
extern int (*hook)(int) STATIC_CALL_DYNAMIC;
callback get(void);

int member(struct ops *p, int x) { return p->read(x) + 1; } /* { dg-message "made dynamic, with the state .ops::read" } */
int plain(struct ops *p, int x) { return p->write(x) + 1; } /* { dg-message "left alone" } */
int type(callback f, int x) { return f(x) + 1; } /* { dg-message "with the state .callbacks of mine" } */
int result(int x) { return get()(x) + 1; } /* { dg-message "with the state .callbacks of mine" } */
int variable(int x) { return hook(x) + 1; } /* { dg-message "with the state .hook" } */
int parameter(int x, int (*f)(int) STATIC_CALL_DYNAMIC) { return f(x) + 1; } /* { dg-message "with the state .parameter.f." } */
int local(struct ops *p, int x) { int (*f)(int) = p->read; x *= 2; return f ? f(x) + 1 : 0; } /* { dg-message "with the state .ops::read" } */

/* { dg-message "static_call.: 6 calls made dynamic" "" 0 } */
/* { dg-message "0 calls made direct, 7 left indirect" "" 0 } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_dynamic\.ops__read\.[0-9a-f]{8}} 2 } } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_dynamic\.callbacks_of_mine\.[0-9a-f]{8}} 2 } } */
/* { dg-final { scan-assembler-times {call\tstatic_call_key_dynamic\.hook\n} 1 } } */
/* { dg-final { scan-assembler-times {\tcall\t\*} 2 } } */
/* { dg-final { scan-assembler-times {section\tstatic_call_key_dynamics} 0 } } */
/* { dg-final { scan-assembler-times {pushsection static_call_key_dynamics,"ao\?"} 6 } } */
/* { dg-final { scan-assembler-times {string\t"callbacks of mine"} 1 } } */
