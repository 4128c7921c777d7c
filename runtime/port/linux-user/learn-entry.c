// SPDX-License-Identifier: MIT
/*
 * learn-entry.c - the way of a call that is to be learned into the runtime and back.
 *
 * The module has pushed three words and called the code at .learn, which has put the address
 * of the module's struct scrt_dynamic into %r11. All registers that the call may use for
 * arguments are kept: those that functions preserve by the functions, the others here. Those of
 * vectors, masks and the x87 nobody touches (-mgeneral-regs-only). The stack need not be
 * aligned. Unwinding works at every instruction.
 */
#include "learn.h"
#include "port.h"

/* clang-format off */
__asm__(".pushsection .text, \"ax\", @progbits\n\t"
	".p2align 4\n\t"
	".globl scrt_learn_entry\n\t"
	".hidden scrt_learn_entry\n\t"
	".type scrt_learn_entry, @function\n"
	"scrt_learn_entry:\n\t"
	".cfi_startproc\n\t"
	"endbr64\n\t"
	"pushq %rbp\n\t"
	".cfi_def_cfa_offset 16\n\t"
	".cfi_offset %rbp, -16\n\t"
	"movq %rsp, %rbp\n\t"
	".cfi_def_cfa_register %rbp\n\t"
	SCRT_LEARN_KEEP
	"andq $-16, %rsp\n\t"
	"cld\n\t"
	"movq %r11, %rdi\n\t"
	"leaq 16(%rbp), %rsi\n\t"
	"movq %r10, %rdx\n\t"
	"call scrt_learn_call\n\t"
	"leaq -" SCRT_LEARN_KEPT "(%rbp), %rsp\n\t"
	SCRT_LEARN_RESTORE
	"popq %rbp\n\t"
	".cfi_def_cfa %rsp, 8\n\t"
	"ret\n\t"
	".cfi_endproc\n\t"
	".size scrt_learn_entry, . - scrt_learn_entry\n\t"
	".popsection");
/* clang-format on */
