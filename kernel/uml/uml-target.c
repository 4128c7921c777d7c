// SPDX-License-Identifier: GPL-2.0-or-later
/* uml-target.c - what all kinds of calls of the benchmark call. */
#include "uml-bench.h"

void bench_target(void)
{}

unsigned long bench_value(unsigned long entry)
{
	return entry & 0xfffffffffful;
}

void bench_mark(void)
{}
