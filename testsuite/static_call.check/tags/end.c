/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of one variable is the address of the next, here a key, whose tag this unit does not
 * see: a loop that compares with the end of the table does nothing to the key.
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
    ".text");

extern volatile int numbers[16] __attribute__((visibility("hidden")));
void none(void);

void none(void)
{
	volatile int *p;

	for (p = numbers; p != numbers + 16; p++)
		*p = 0;
}
