/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of one variable is the address of the next, here a key, whose tag this unit does not
 * see: a loop that compares with the end of the table does nothing to the key. Nor does
 * the cold part of a function, where only the other part names the table.
 */
asm(".globl numbers, hook\n"
    ".data\n"
    ".balign 32\n"
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
    ".text");

extern volatile int numbers[16] __attribute__((visibility("hidden")));
void none(void);

void none(void)
{
	volatile int *p;

	for (p = numbers; p != numbers + 16; p++)
		*p = 0;
}
