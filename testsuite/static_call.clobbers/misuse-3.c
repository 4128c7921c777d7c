/* SPDX-License-Identifier: GPL-2.0-or-later */
/* More sets in the calls of one unit than GCC can have: five, nine with GCC 16. */
/* { dg-do compile } */
#include <static_call.h>

#define KEY(name, ...) void (*name)(void) STATIC_CALL_KEY_CLOBBERS(__VA_ARGS__) STATIC_CALL_KEY

KEY(one, "rax");
KEY(two, "rcx");
KEY(three, "rdx");
KEY(four, "rsi");
KEY(five, "rdi");
KEY(six, "r8");
KEY(seven, "r9");
KEY(eight, "r10");
KEY(nine, "r11");
KEY(ten, "rax", "rcx");
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
	{ six(); seven(); eight(); nine(); ten(); } /* { dg-error "too many different .static_call_clobbers. in calls of this unit: GCC has room for \[59\]" } */
}
