/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * offers-body.c - calls of a function that was chosen when the program began, KIND_... ways.
 * A file each, so that the compiler sees no more of the choice than in a real program.
 */
#include "offers.h"

#if defined(KIND_direct)
#define KIND   direct
#define CALL() work_fast()
#elif defined(KIND_ifunc)
#define KIND   ifunc
#define CALL() work_ifunc()
#elif defined(KIND_table)
#define KIND   table
#define CALL() work_table.work()
#elif defined(KIND_offer)
#define KIND   offer
#define CALL() work_offer()
#endif

#define NAME_(prefix, kind) prefix##kind
#define NAME(prefix, kind)  NAME_(prefix, kind)

void NAME(loop_, KIND)(unsigned long n)
{
	for (; n; n--)
		CALL();
}

/* One after the other, as code that calls now and then meets its branches. */
#define CALLS4()   (CALL(), CALL(), CALL(), CALL())
#define CALLS16()  (CALLS4(), CALLS4(), CALLS4(), CALLS4())
#define CALLS64()  (CALLS16(), CALLS16(), CALLS16(), CALLS16())
#define CALLS256() (CALLS64(), CALLS64(), CALLS64(), CALLS64())
#define CALLS1K()  (CALLS256(), CALLS256(), CALLS256(), CALLS256())

void NAME(line_, KIND)(void)
{
	CALLS1K();
	CALLS1K();
	CALLS1K();
	CALLS1K();
}
