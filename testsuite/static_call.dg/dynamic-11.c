/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The checker finds nothing wrong with calls, jumps and named states. */
/* { dg-do link } */
/* { dg-options "-O2 -fplugin-arg-static_call-dynamic=all" } */
#include <static_call_dynamic.h>

struct ops { int (*first)(int), (*second)(int), (*third)(int) STATIC_CALL_DYNAMIC; };

__attribute__((noipa)) int call(struct ops *p, int x) { return p->second(x) + 1; }
__attribute__((noipa)) int jump(struct ops *p, int x) { return p->second(x); }
__attribute__((noipa)) int named(struct ops *p, int x) { return p->third(x) + 1; }
__attribute__((noipa)) int named_jump(struct ops *p, int x) { return p->third(x); }
int main(void)
{
	static struct ops none;

	return named(&none, call(&none, jump(&none, named_jump(&none, 1))));
}

/* { dg-final { scan-function call {mov +0x8\(%r[a-z0-9]+\),%r10} } } */
/* { dg-final { scan-function call {call .*<static_call_key_dynamic>} } } */
/* { dg-final { scan-function-not call {call +\*} } } */
/* { dg-final { scan-function-not jump {jmp +\*} } } */
/* { dg-final { scan-function named {call .*<static_call_key_dynamic.ops__third.*>} } } */
/* { dg-final { scan-function named_jump {jmp .*<static_call_key_dynamic.ops__third.*>} } } */
/* { dg-final { check-static-call } } */
