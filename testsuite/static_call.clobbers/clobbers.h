/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the run tests of clobber sets look at registers with. */
#ifndef CLOBBERS_H
#define CLOBBERS_H

#include "check.h"

/* All registers that the ABI lets a call change. */
enum { RAX, RCX, RDX, RSI, RDI, R8, R9, R10, R11, GENERAL };
#define VECTOR 16

struct registers {
	uint64_t general[GENERAL];
	unsigned char vector[VECTOR][16];
};

/* Load all registers from r, call fn, store all registers to r. */
extern void call_with(struct registers *r, void *fn);

/* Change all of them, and the flags. */
extern void trash(void);

#define EACH_GENERAL(op) \
	op("rax", "0") op("rcx", "8") op("rdx", "16") op("rsi", "24") op("rdi", "32") \
	op("r8", "40") op("r9", "48") op("r10", "56") op("r11", "64")
#define EACH_VECTOR(op) \
	op("xmm0", "72") op("xmm1", "88") op("xmm2", "104") op("xmm3", "120") \
	op("xmm4", "136") op("xmm5", "152") op("xmm6", "168") op("xmm7", "184") \
	op("xmm8", "200") op("xmm9", "216") op("xmm10", "232") op("xmm11", "248") \
	op("xmm12", "264") op("xmm13", "280") op("xmm14", "296") op("xmm15", "312")
#define LOAD_GENERAL(reg, at)  "movq " at "(%rbx), %" reg "\n\t"
#define STORE_GENERAL(reg, at) "movq %" reg ", " at "(%rbx)\n\t"
#define LOAD_VECTOR(reg, at)   "movups " at "(%rbx), %" reg "\n\t"
#define STORE_VECTOR(reg, at)  "movups %" reg ", " at "(%rbx)\n\t"
#define TRASH_GENERAL(reg, at) "movq $-0x5ca1ab1e, %" reg "\n\t"
#define TRASH_VECTOR(reg, at)  "pcmpeqd %" reg ", %" reg "\n\t"

/* AT&T text, also with -masm=intel; LTO may put it into any unit, so it is global. */
#define ASM(text) __asm__(".att_syntax prefix\n" text RESTORE_SYNTAX)
#ifdef TEST_INTEL
#define RESTORE_SYNTAX "\n.intel_syntax noprefix\n"
#else
#define RESTORE_SYNTAX "\n"
#endif

ASM(".text\n"
    "call_with:\n"
    "	.cfi_startproc\n"
    "	endbr64\n"
    "	pushq %rbx\n	.cfi_def_cfa_offset 16\n	.cfi_offset %rbx, -16\n"
    "	pushq %r12\n	.cfi_def_cfa_offset 24\n	.cfi_offset %r12, -24\n"
    "	subq $8, %rsp\n	.cfi_def_cfa_offset 32\n"
    "	movq %rdi, %rbx\n	movq %rsi, %r12\n	"
    EACH_GENERAL(LOAD_GENERAL) EACH_VECTOR(LOAD_VECTOR)
    "call *%r12\n	"
    EACH_GENERAL(STORE_GENERAL) EACH_VECTOR(STORE_VECTOR)
    "addq $8, %rsp\n	.cfi_def_cfa_offset 24\n"
    "	popq %r12\n	.cfi_def_cfa_offset 16\n"
    "	popq %rbx\n	.cfi_def_cfa_offset 8\n"
    "	ret\n"
    "	.cfi_endproc\n"
    "	.type call_with, @function\n"
    "	.size call_with, .-call_with\n"
    "	.globl call_with\n"
    "	.hidden call_with\n"
    "trash:\n"
    "	.cfi_startproc\n"
    "	endbr64\n	"
    EACH_GENERAL(TRASH_GENERAL) EACH_VECTOR(TRASH_VECTOR)
    "cmpq %rax, %rax\n"
    "	ret\n"
    "	.cfi_endproc\n"
    "	.type trash, @function\n"
    "	.size trash, .-trash\n"
    "	.globl trash\n"
    "	.hidden trash\n");

/*
 * Call fn with registers that hold what no function would leave there by chance, and
 * check that it changes none but those in the two masks. The registers afterwards are
 * in after.
 */
static struct registers after;

static inline void check_preserved(int line, void *fn, unsigned int general, unsigned int vector)
{
	struct registers before;
	unsigned int i, k;

	for (i = 0; i < GENERAL; i++)
		before.general[i] = 0x1234567800000000u + 0x01010101u * (i + 1);
	for (i = 0; i < VECTOR; i++)
		for (k = 0; k < 16; k++)
			before.vector[i][k] = (unsigned char)(i * 16 + k + 3);
	after = before;
	call_with(&after, fn);
#ifndef TEST_NO_PLUGIN
	for (i = 0; i < GENERAL; i++)
		if (!(general >> i & 1) && before.general[i] != after.general[i])
			check_failed(__FILE__, line, "general register preserved");
	for (i = 0; i < VECTOR; i++)
		if (!(vector >> i & 1) && memcmp(before.vector[i], after.vector[i], 16))
			check_failed(__FILE__, line, "vector register preserved");
#else
	(void)line;
	(void)general;
	(void)vector;
#endif
}

#define CHECK_PRESERVED(fn, general, vector) \
	check_preserved(__LINE__, (void *)(fn), general, vector)

#endif
