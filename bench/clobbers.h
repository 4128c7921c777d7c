/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clobbers.h - the operations that clobbers-body.c calls, and what calls it. */
#ifndef BENCH_CLOBBERS_H
#define BENCH_CLOBBERS_H

#include <static_call.h>

typedef unsigned long value_fn(unsigned long) STATIC_CALL_KEY_CLOBBERS("rax");
typedef void mark_fn(void) STATIC_CALL_KEY_CLOBBERS();

extern value_fn bench_value;
extern mark_fn bench_mark;

struct bench_range {
	unsigned long mask, lowest, highest;
};

#endif
