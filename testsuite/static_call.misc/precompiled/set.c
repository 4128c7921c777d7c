/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The set of registers comes from the header: this function saves what it changes beyond. */
quiet work;

int work(int x)
{
	__asm__ volatile("" : : : "rdx", "r8");
	return other(x) + x;
}
