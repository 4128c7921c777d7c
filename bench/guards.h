/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guards.h - the work of bench/guards-body.c, of which there is one for each kind of call. */
#ifndef BENCH_GUARDS_H
#define BENCH_GUARDS_H

#include "work.h"

#define WORKS 3

extern const struct work works_guarded[], works_profile[], works_patched[], works_indirect[],
	works_direct[];

#endif
