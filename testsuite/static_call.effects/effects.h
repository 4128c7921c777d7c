/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * effects.h - a call through a pointer in inline assembly, as paravirtualization wrappers
 * make it: argument and result in the registers of the ABI, all others that a call may
 * clobber in the clobber list, and the stack pointer as an operand, so that there is a frame.
 * The compiler knows what the operands say, and not that it is a call.
 *
 *	ASM_CALL(pointer, argument)		with a "memory" clobber
 *	ASM_CALL_BARE(pointer, argument)	without
 *
 * The pointer is a HIDDEN variable. They return a long, want code without a red zone (see
 * red-zone-1.c), and do not align the stack: what they call must not mind.
 */
#ifndef EFFECTS_H
#define EFFECTS_H

#define HIDDEN __attribute__((visibility("hidden")))

register unsigned long stack_pointer __asm__("rsp");

#define ASM_CALL_CLOBBERS                                                                     \
	"rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "cc", "xmm0", "xmm1", "xmm2", "xmm3",  \
		"xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12",    \
		"xmm13", "xmm14", "xmm15"

#define ASM_CALL_(pointer, argument, ...)                                                     \
	__extension__({                                                                       \
		long result_, argument_ = (long)(argument);                                   \
		__asm__ volatile("call *%c[key](%%rip)"                                     \
				 : "=a"(result_), "+D"(argument_), "+r"(stack_pointer)        \
				 : [key] "i"(&(pointer))                                      \
				 : __VA_ARGS__);                                              \
		result_;                                                                      \
	})

#define ASM_CALL(pointer, argument) ASM_CALL_(pointer, argument, ASM_CALL_CLOBBERS, "memory")
#define ASM_CALL_BARE(pointer, argument) ASM_CALL_(pointer, argument, ASM_CALL_CLOBBERS)

#endif
