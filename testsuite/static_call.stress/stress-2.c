/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stress-1.c with targets of which every other one stands in the site itself: forms of one
 * instruction follow calls, no-ops and each other, while threads run through them.
 */
/* { dg-do run } */
/* { dg-timeout 60 3600 } */
/* { dg-output "calls \[1-9\]\[0-9\]*, updates \[1-9\]\[0-9\]*: steady \[0-9\]+, old \[0-9\]+, new \[0-9\]+, other 0\[\r\n\]" } */
/* { dg-final { direct-in call_plain call_tail call_loop call_member call_null call_null_tail } } */
#include "check.h"
#include <static_call.h>

/* With prefixes of each number, and without. */
#define TARGET(i)	TARGET_##i
#define TARGET_0	IN_SITE(0, "leaq 0x11(%rdi), %rax")
#define TARGET_1	CALLED(1)
#define TARGET_2	IN_SITE(2, "movl $0x5a17c002, %eax")
#define TARGET_3	CALLED(3)
#define TARGET_4	IN_SITE(4, "movq %rdi, %rax")
#define TARGET_5	CALLED(5)
#define TARGET_6	IN_SITE(6, "movl %edi, %eax")
#define TARGET_7	CALLED(7)
#define MARKED(i, x)                                                                  \
	((i) == 0 ? (x) + 0x11 :                                                      \
	 (i) == 2 ? 0x5a17c002ul :                                                    \
	 (i) == 4 ? (x) :                                                             \
	 (i) == 6 ? (unsigned int)(x) : (x) ^ COOKIE(i))

#define IN_SITE(i, code)                                                              \
	__asm__(".pushsection .text\n\t.p2align 4\n\t.type target_" #i ", @function\n" \
		"target_" #i ":\n\t" code "\n\tret\n\t.popsection");                  \
	STATIC_CALL_KEY_BODY(target_##i, code);                                       \
	extern unsigned long target_##i(unsigned long x) __attribute__((visibility("hidden")));
#define CALLED(i) \
	NOIPA static unsigned long target_##i(unsigned long x) { return x ^ COOKIE(i); }

#include "stress-1.c"
