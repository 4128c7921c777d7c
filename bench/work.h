/* SPDX-License-Identifier: GPL-2.0-or-later */
/* work.h - what turns.h runs. */
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

struct work {
	const char *text;
	unsigned long (*run)(unsigned long n); /* n times; all kinds of it return the same */
};

#endif
