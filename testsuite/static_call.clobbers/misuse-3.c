/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sixth set in the calls of one unit. */
/* { dg-do compile } */
#include <static_call.h>

#define KEY(name, ...) void (*name)(void) STATIC_CALL_KEY_CLOBBERS(__VA_ARGS__) STATIC_CALL_KEY

KEY(one, "rax");
KEY(two, "rcx");
KEY(three, "rdx");
KEY(four, "rsi");
KEY(five, "rdi");
KEY(six, "r8");
/* A type that no call uses takes no room. */
typedef void unused_a(void) STATIC_CALL_KEY_CLOBBERS("r9");
typedef int unused_b(void) STATIC_CALL_KEY_CLOBBERS("rax", "r10");
extern int unused_c(void) STATIC_CALL_KEY_CLOBBERS("rax", "r9");
extern double unused_d(void) STATIC_CALL_KEY_CLOBBERS("xmm0", "r9");

KEY(one_again, "eax");
KEY(whole, "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "sse", "mask");

void work(void)
{
	one();
	two();
	three();
	four();
	five();
	one_again();
	whole();
	six(); /* { dg-error "too many different .static_call_clobbers. in calls of this unit: GCC has room for five" } */
}
