/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bodies.h - the work of bench/bodies-body.c, of which there is one for each kind of call. */
#ifndef BENCH_BODIES_H
#define BENCH_BODIES_H

#include "work.h"

#include <static_call.h>

#define WORKS 4
#define CALLS 8 /* in each work */

extern const struct work works_body[], works_patched[], works_direct[], works_indirect[],
	works_inline[];

/* Functions of one instruction; bodies-target.c has them twice, with and without the plugin. */
#define TARGETS(TARGET, name)                                 \
	TARGET void name##_nothing(void)                      \
	{}                                                    \
	TARGET unsigned long name##_constant(void)            \
	{                                                     \
		return 7;                                     \
	}                                                     \
	TARGET unsigned long name##_identity(unsigned long x) \
	{                                                     \
		return x;                                     \
	}                                                     \
	TARGET void name##_clear(unsigned char *p)            \
	{                                                     \
		*p = 0;                                       \
	}

#define DECLARE_TARGETS(name)                           \
	void name##_nothing(void);                      \
	unsigned long name##_constant(void);            \
	unsigned long name##_identity(unsigned long x); \
	void name##_clear(unsigned char *p);

DECLARE_TARGETS(told)
DECLARE_TARGETS(untold)

/* So that the plugin has seen a tag where the targets are compiled. */
extern void (*nothing_body)(void) STATIC_CALL_KEY;

#endif
