/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function that is defined with a clobber set changes nothing else, whatever it does. */
/* { dg-do run } */
#include "../clobbers.h"

#define FIRST ((int)(0x01010101u * (RDI + 1))) /* the first argument that they get */

int leaf(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA leaf(int x)
{
	return x + 1;
}

/* More than %rax is needed to compute this. */
unsigned long busy(unsigned long x) STATIC_CALL_KEY_CLOBBERS("rax");
unsigned long NOIPA busy(unsigned long x)
{
	unsigned long a = x * 3, b = x ^ 0x5555, c = x << 7, d = x % 1001, i;

	for (i = 0; i < 10; i++) {
		a += b * c;
		b ^= c / (d | 1);
		c -= d * a;
		d += a >> 3;
	}
	return a ^ b ^ c ^ d;
}

void calls(void) STATIC_CALL_KEY_CLOBBERS();
void NOIPA calls(void)
{
	trash();
	trash();
}

void tail(void) STATIC_CALL_KEY_CLOBBERS();
void NOIPA tail(void)
{
	trash();
}

/* Results in %rax, %rdx and %xmm0. */
unsigned __int128 wide(unsigned long x) STATIC_CALL_KEY_CLOBBERS("rax", "rdx");
unsigned __int128 NOIPA wide(unsigned long x)
{
	trash();
	return (unsigned __int128)x << 64 | ~x;
}

double real(double x) STATIC_CALL_KEY_CLOBBERS("xmm0");
double NOIPA real(double x)
{
	trash();
	return x * 1.5 + 2.25;
}

struct large { long a[4]; };
struct large memory(struct large *unused, int x) STATIC_CALL_KEY_CLOBBERS("rax");
struct large NOIPA memory(struct large *unused, int x)
{
	struct large r = { { x, x + 1, x + 2, (long)unused } };

	trash();
	return r;
}

/* A frame of unknown size. */
int variable(unsigned char n) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA variable(unsigned char n)
{
	volatile char *p = (volatile char *)__builtin_alloca(n + 1);

	p[0] = (char)n;
	p[n] = 7;
	trash();
	return p[n];
}

/* Recursion passes through the saving code each time. */
int deep(int n) STATIC_CALL_KEY_CLOBBERS("rax", "rdi");
int NOIPA deep(int n)
{
	trash();
	return n & 7 ? deep(n - 1) + 1 : 0;
}

/* A loop at the function's very beginning. */
void spin(void) STATIC_CALL_KEY_CLOBBERS();
static volatile int rounds;
void NOIPA spin(void)
{
	do
		trash();
	while (--rounds > 0);
}

void asm_statement(void) STATIC_CALL_KEY_CLOBBERS("rax");
void NOIPA asm_statement(void)
{
	__asm__ volatile("" ::: "rcx", "rsi", "r9", "xmm3", "xmm12", "rbx");
#ifdef TEST_INTEL
	__asm__ volatile("xor ecx, ecx\n\txor r9d, r9d\n\tpxor xmm12, xmm12" ::: "rcx", "r9", "xmm12");
#else
	__asm__ volatile("xorl %%ecx, %%ecx\n\txorl %%r9d, %%r9d\n\tpxor %%xmm12, %%xmm12"
			 ::: "rcx", "r9", "xmm12");
#endif
}

int main(void)
{
	unsigned long x = 0x1234567800000000u + 0x01010101u * (RDI + 1);
	struct large l;

	CHECK_PRESERVED(leaf, 1 << RAX, 0);
	CHECK((int)after.general[RAX] == FIRST + 1);
	CHECK_PRESERVED(busy, 1 << RAX, 0);
	CHECK(after.general[RAX] == busy(x));
	CHECK_PRESERVED(calls, 0, 0);
	CHECK_PRESERVED(tail, 0, 0);
	CHECK_PRESERVED(wide, 1 << RAX | 1 << RDX, 0);
	CHECK(after.general[RDX] == x && after.general[RAX] == ~x);
	CHECK_PRESERVED(real, 0, 1);
	CHECK(real(3.0) == 6.75);
	l = memory(NULL, 5);
	CHECK(l.a[0] == 5 && l.a[1] == 6 && l.a[2] == 7 && l.a[3] == 0);
	CHECK_PRESERVED(variable, 1 << RAX, 0);
	CHECK((int)after.general[RAX] == 7);
	CHECK_PRESERVED(deep, 1 << RAX | 1 << RDI, 0);
	CHECK((int)after.general[RAX] == (FIRST & 7));
	rounds = 5;
	CHECK_PRESERVED(spin, 0, 0);
	CHECK(rounds <= 0);
	CHECK_PRESERVED(asm_statement, 1 << RAX, 0);
	return 0;
}
