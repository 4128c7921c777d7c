/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of one variable is the address of the next, here a key, whose tag this unit does not
 * see: a loop that compares with the end of the table does nothing to the key. Nor does
 * the cold part of a function, where only the other part names the table, nor what stores four or eight
 * bytes of a vector register to the last of them, nor a loop over rows that begins in the middle of
 * one and so ends beyond the table. BEYOND: that address is stored through.
 */
asm(".globl numbers, hook\n"
    ".data\n"
    ".balign 32\n"
    ".type rows, @object\n"
    "rows: .zero 96\n"
    ".size rows, 96\n"
    ".type numbers, @object\n"
    "numbers: .zero 64\n"
    ".size numbers, 64\n"
    ".type hook, @object\n"
    "hook: .quad one\n"
    ".size hook, 8\n"
    ".text\n"
    ".type part, @function\n"
    "part: lea numbers(%rip), %rdx\n"
    "jmp part.cold\n"
    ".size part, . - part\n"
    ".section .text.unlikely, \"ax\", @progbits\n"
    ".type part.cold, @function\n"
    "part.cold: lea numbers+64(%rip), %rax\n"
    "cmp %rdx, %rax\n"
    "ret\n"
    ".size part.cold, . - part.cold\n"
    ".type scalars, @function\n"
    "scalars: movss %xmm0, numbers+56(%rip)\n"
    "movsd %xmm0, numbers+56(%rip)\n"
    "movss %xmm8, numbers+56(%rip)\n"
    "movsd %xmm9, numbers+56(%rip)\n"
    "vmovss %xmm0, numbers+56(%rip)\n"
    "vmovsd %xmm8, numbers+56(%rip)\n"
    "{evex} vmovss %xmm0, numbers+60(%rip)\n"
    "ret\n"
    ".size scalars, . - scalars\n"
    ".type beyond, @function\n"
    "beyond: lea rows+64(%rip), %rdx\n"
    "0: add $32, %rdx\n"
    "lea rows+160(%rip), %rax\n"
#ifdef BEYOND
    "mov %rdx, (%rax)\n"
#endif
    "cmp %rax, %rdx\n"
    "jne 0b\n"
    "lea rows+160(%rip), %r9\n"
    "cmp %rdx, %r9\n"
    "jne 0b\n"
#ifndef __PIC__
    "mov $rows+160, %r8d\n"
    "cmp %r8, %rdx\n"
    "jne 0b\n"
    "mov $rows+160, %rax\n"
    "cmp %rax, %rdx\n"
    "jne 0b\n"
#endif
    "ret\n"
    ".size beyond, . - beyond\n"
    ".text");

extern volatile int numbers[16] __attribute__((visibility("hidden")));
void none(void);

void none(void)
{
	volatile int *p;

	for (p = numbers; p != numbers + 16; p++)
		*p = 0;
}
