/* SPDX-License-Identifier: GPL-2.0-or-later */
/* uml-bench.h - what the benchmark's calls and bodies need of each other. */
#ifndef UML_BENCH_H
#define UML_BENCH_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <static_call.h>

void bench_target(void);
extern void (*bench_patched)(void) __static_call_keyed;
extern void (*bench_trampoline)(void) __static_call_keyed;
extern void (*bench_indirect)(void);

typedef unsigned long value_fn(unsigned long) STATIC_CALL_KEY_CLOBBERS("rax");
typedef void mark_fn(void) STATIC_CALL_KEY_CLOBBERS("rax");

extern value_fn bench_value;
extern mark_fn bench_mark;
extern unsigned long (*bench_value_abi)(unsigned long) __static_call_keyed;
extern void (*bench_mark_abi)(void) __static_call_keyed;
extern value_fn *bench_value_key __static_call_keyed;
extern mark_fn *bench_mark_key __static_call_keyed;

struct bench_range {
	unsigned long mask, lowest, highest;
};

#define PASTE_(a, b) a##_##b
#define PASTE(a, b)  PASTE_(a, b)
#define BODY(name)   PASTE(bench_##name, KIND)

#endif
