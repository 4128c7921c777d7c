/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -mindirect-branch=thunk: the way out, the call of what learns, and nothing else. */
/* { dg-do compile } */
/* { dg-require-effective-target retpoline } */
/* { dg-options "-O2 -mindirect-branch=thunk -fcf-protection=none -fplugin-arg-static_call-dynamic=all" } */
int call(int (*f)(int), int x) { return f(x) + 1; }
int jump(int (**f)(int), int x) { return (*f)(x); }
__attribute__((indirect_branch("keep"))) int kept(int (*f)(int), int x) { return f(x) + 1; }

/* { dg-final { scan-assembler-times {\tcall\tstatic_call_key_dynamic_thunk\n} 1 } } */
/* { dg-final { scan-assembler-times {\tcall\tstatic_call_key_dynamic\n} 1 } } */
/* { dg-final { scan-assembler-times {\t\.long\tstatic_call_key_dynamic_thunk_known-\.-4\n} 1 } } */
/* { dg-final { scan-assembler-times {\tjmp\t\*} 1 } } */
/* { dg-final { scan-assembler {movq\t%r10, \(%rsp\)} } } */
/* { dg-final { scan-assembler {movq\t%r11, \(%rsp\)} } } */
