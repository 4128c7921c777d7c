/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The code of a site: the target goes straight to %r10; a jump has code of its own, as linked. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-dynamic=all" } */
struct ops { int (*first)(int), (*second)(int); };

int call(struct ops *p, int x) { return p->second(x) + 1; }
int jump(struct ops *p, int x) { return p->second(x); }
void many(int (*f)(int, int, int, int, int, int, int, double), int x) { f(x, x, x, x, x, x, x, x); }
int variadic(int (*f)(const char *, ...)) { return f("", 1.0) + 1; }

/* { dg-final { scan-assembler-times {\tjmp\t\.LSCKD[0-9]+\n} 1 } } */
/* { dg-final { scan-assembler {\.LSCKD[0-9]+:\n\tleaq\t\.LSCK[0-9]+-5\(%rip\), %r11\n\t\.byte\t0xe9\n\t\.long\tstatic_call_key_dynamic_known-\.-4\n} } } */
/* { dg-final { scan-assembler-times {\tjmp\t\*%r10\n} 1 } } */
/* { dg-final { scan-assembler-times {\tcall\t\*} 1 } } */
/* { dg-final { scan-assembler-times {movq\t8\(%r[a-z0-9]+\), %r10\n} 2 } } */
