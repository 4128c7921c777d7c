/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that are more than one instruction, or another one elsewhere, have no entry. */
/* { dg-do compile } */
/* { dg-options "-O2 -fPIC -fno-strict-aliasing" } */
/* { dg-final { scan-assembler-times {set\t\.LSCKB} 1 } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, good\n} } } */
#include <static_call.h>

extern int (*key)(void) STATIC_CALL_KEY;
extern int variable __attribute__((visibility("hidden")));
extern __thread int own __attribute__((tls_model("initial-exec")));

int good(void) { return 1; }

int two(int x, int y, int z) { return x * y + z; }
int symbol(void) { return variable; }
int *address(void) { return &variable; }
int thread(void) { return own; }
int stack(int a, int b, int c, int d, int e, int f, int g) { (void)a; (void)b; (void)c; (void)d; (void)e; (void)f; return g; }
void *back(void) { return __builtin_return_address(0); }
void *frame(void) { return __builtin_frame_address(0); }
void tail(void) { extern void other(void); other(); }
void never(void) { __builtin_trap(); }
void loop(void) { for (;;) ; }
int both(int x) { return x ? 7 : 8; }
long double pi(void) { return 3.14L; }

/* One statement, or several; what a name means, only the assembler knows. */
long flags(void) { long v; __asm__ volatile("pushf; pop %0" : "=r"(v)); return v; }
long lines(void) { long v; __asm__ volatile("pushf\n\tpop %0" : "=r"(v)); return v; }
void named(void) { __asm__ volatile("incl variable(%rip)"); }
void local(void) { __asm__ volatile("jmp 1f"); __asm__ volatile("1:"); }
void data(void) { __asm__ volatile(".byte 0x90, 0x90"); }
void comment(void) { __asm__ volatile("cli # and sti"); }
void here(void) { __asm__ volatile("jmp ."); }
int (*call(void))(void) { __asm__ volatile("call *%rax"); return key; }

/* Never called from outside, and no pointer to it. */
static int hidden(void) { return 5; }
int caller(void) { return hidden() + variable; }
