/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that are one instruction, or none: each has an entry that holds it once more. */
/* { dg-do compile } */
/* { dg-options "-O2 -msse2 -mno-avx" } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, nothing\n(?:.*\n){4}.*s:\n\t\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, barrier\n(?:.*\n){4}.*s:\n\t\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, seven\n(?:.*\n){4}.*s:\n\tmovl\t\$7, %eax\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, zero\n(?:.*\n){4}.*s:\n\txorl\t%eax, %eax\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, same\n(?:.*\n){4}.*s:\n\tmovq\t%rdi, %rax\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, second\n(?:.*\n){4}.*s:\n\tmovl\t%esi, %eax\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, sum\n(?:.*\n){4}.*s:\n\tleal\t\(%rdi,%rsi\), %eax\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, load\n(?:.*\n){4}.*s:\n\tmovl\t4\(%rdi\), %eax\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, clear\n(?:.*\n){4}.*s:\n\tmovb\t\$0, \(%rdi\)\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, real\n(?:.*\n){4}.*s:\n\taddsd\t%xmm1, %xmm0\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, cli\n(?:.*\n){4}.*s:\n\tcli\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, cr2\n(?:.*\n){4}.*s:\n\tmov %cr2, %rax\n\.LSCKB} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, aside\n} } } */
/* { dg-final { scan-assembler {set\t\.LSCKB[0-9]+, weak\n} } } */
/* { dg-final { scan-assembler-times {set\t\.LSCKB} 14 } } */
/* They all lie in one section, and so do their entries in the object. */
/* { dg-final { scan-assembler-times {@progbits,\.LSCKB0\n} 14 } } */
#include <static_call.h>

struct pair {
	int a, b;
};

extern struct keys {
	void (*nothing)(void);
	int (*seven)(void);
	unsigned long (*same)(unsigned long x);
	int (*sum)(int x, int y);
	int (*load)(struct pair *p);
	void (*clear)(char *p);
	double (*real)(double x, double y);
	unsigned long (*cr2)(void);
} keys STATIC_CALL_KEY;

void nothing(void) {}
void barrier(void) { __asm__ volatile("" : : : "memory"); }
int seven(void) { return 7; }
int zero(void) { return 0; }
unsigned long same(unsigned long x) { return x; }
int second(int x, int y) { (void)x; return y; }
int sum(int x, int y) { return x + y; }
int load(struct pair *p) { return p->b; }
void clear(char *p) { *p = 0; }
double real(double x, double y) { return x + y; }
void cli(void) { __asm__ volatile("cli"); }
unsigned long cr2(void) { unsigned long v; __asm__ volatile("mov %%cr2, %0" : "=r"(v)); return v; }

/* Nobody else can name it, but it goes to others. */
static int aside(void) { return 3; }
int (*where(void))(void) { return aside; }

/* The entry tells of the code, not of the name. */
__attribute__((weak)) int weak(void) { return 4; }
