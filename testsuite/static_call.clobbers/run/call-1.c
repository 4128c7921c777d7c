/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A keyed call keeps what its set does not list and nothing more: the target, in
 * assembly, ruins all registers of the set and no others.
 */
/* { dg-do run } */
/* { dg-final { check-static-call } } */
#include "../clobbers.h"

#define RUIN(reg) "	movq $-1, %" reg "\n"

#define TARGET(name, ruined, ...)						\
	extern long name(long) STATIC_CALL_KEY_CLOBBERS("rax", __VA_ARGS__);	\
	ASM("	.text\n	.globl " #name "\n	.hidden " #name "\n	.type " #name ", @function\n" \
	    #name ":\n	.cfi_startproc\n	endbr64\n	leaq 1(%rdi), %rax\n" ruined	\
	    "	cmpq %rax, %rax\n	ret\n	.cfi_endproc\n	.size " #name ", .-" #name "\n"); \
	long (*name##_key)(long) STATIC_CALL_KEY_CLOBBERS("rax", __VA_ARGS__)	\
		STATIC_CALL_KEY = name;						\
	/* Enough values for all registers. */					\
	static long NOIPA name##_work(const long *p, double *q)			\
	{									\
		long a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], f = p[5], g = p[6], h = p[7]; \
		double t = q[0], u = q[1], v = q[2], w = q[3], x = q[4], y = q[5], z = q[6]; \
		long r = name##_key(a);						\
										\
		r += 2 * name##_key(b) + a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g; \
		r += 19 * name##_key(h) + (long)(t + 2 * u + 3 * v + 4 * w + 5 * x + 6 * y + 7 * z); \
		return r + a * h;						\
	}

TARGET(flags_only, "", "flags")
TARGET(general_1, RUIN("rcx") RUIN("r11"), "ecx", "r11d")
TARGET(general_2, RUIN("rdx") RUIN("rsi") RUIN("rdi"), "dl", "si", "rdi")
TARGET(general_3, RUIN("r8") RUIN("r9") RUIN("r10"), "r8", "r9w", "r10b")
TARGET(vector, EACH_VECTOR(TRASH_VECTOR) RUIN("r11"), "sse", "r11")

static const long p[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static double q[] = { 1, 2, 3, 4, 5, 6, 7 };

#define EXPECTED (2 + 2 * 3 + 1 + 6 + 15 + 28 + 55 + 78 + 119 + 19 * 9 + 140 + 8)

#define TEST(name) do {				\
	CHECK(name##_work(p, q) == EXPECTED);	\
	CHECK_KEY(&name##_key, name);		\
} while (0)

int main(void)
{
	TEST(flags_only);
	TEST(general_1);
	TEST(general_2);
	TEST(general_3);
	TEST(vector);
	return 0;
}
