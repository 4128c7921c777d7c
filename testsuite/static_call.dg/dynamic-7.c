/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dynamic=everywhere: cold code too. dynamic=off: not even what the source asks for. */
/* { dg-do compile } */
/* { dg-options "-O2 -fplugin-arg-static_call-dynamic=everywhere" } */
#include <static_call_dynamic.h>

__attribute__((cold)) int cold(int (*f)(int), int x) { return f(x) + 1; }
int main(int argc, char **argv) { return ((int (*)(int))argv)(argc) + 1; }

/* { dg-final { scan-assembler-times {\tcall\tstatic_call_key_dynamic\n} 2 } } */
