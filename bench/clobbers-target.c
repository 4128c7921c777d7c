/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clobbers-target.c - the operations. */
#include "clobbers.h"

unsigned long bench_value(unsigned long entry)
{
	return entry & 0xfffffffffful;
}

void bench_mark(void)
{}
