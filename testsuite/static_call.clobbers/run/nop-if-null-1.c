/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls of NULL keep what the set does not list, through trampolines with each scratch register. */
/* { dg-do run } */
#include "../clobbers.h"

#ifndef TEST_NO_PLUGIN
int (*with_rax)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY_NOP_IF_NULL;
void (*with_r11)(int) STATIC_CALL_KEY_CLOBBERS("r11") STATIC_CALL_KEY_NOP_IF_NULL;
void (*with_r10)(int, ...) STATIC_CALL_KEY_CLOBBERS("r10", "rax") STATIC_CALL_KEY_NOP_IF_NULL;

int target(int x) STATIC_CALL_KEY_CLOBBERS("rax");
int NOIPA target(int x)
{
	return x + 1;
}

void void_target(int x) STATIC_CALL_KEY_CLOBBERS("r11");
void NOIPA void_target(int x)
{
	CHECK(x == 5);
}

void call_rax(int x) STATIC_CALL_KEY_CLOBBERS("rax");
void NOIPA call_rax(int x)
{
	with_rax(x);
	__asm__ volatile("" ::: "memory");
}

void call_r11(int x) STATIC_CALL_KEY_CLOBBERS("r11");
void NOIPA call_r11(int x)
{
	with_r11(x);
	__asm__ volatile("" ::: "memory");
}

int main(void)
{
	CHECK(with_rax(3) == 0);
	with_r11(3);
	with_r10(3, 4.5);
	CHECK_PRESERVED(call_rax, 1 << RAX, 0);
	CHECK_PRESERVED(call_r11, 1 << R11, 0);
	with_rax = target;
	CHECK(with_rax(3) == 4);
	with_r11 = void_target;
	with_r11(5);
	with_rax = NULL;
	CHECK(with_rax(3) == 0);
	return 0;
}
#else
int main(void)
{
	return 0;
}
#endif
