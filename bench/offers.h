/* SPDX-License-Identifier: GPL-2.0-or-later */
/* offers.h - one function, chosen in three ways; see offers.c. */
#ifndef BENCH_OFFERS_H
#define BENCH_OFFERS_H

#include <static_call.h>

#define LINE_CALLS 4096

void work_generic(void);
void work_fast(void);
int have_fast(void);

void work_ifunc(void);
extern struct work_table {
	void (*work)(void);
} work_table;
extern void (*work_offer)(void) STATIC_CALL_KEY;

#endif
