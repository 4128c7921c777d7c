/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Offers of the library to a key of the program, of functions and predicates of the program. */
#include "check.h"

extern int (*key)(int) STATIC_CALL_KEY;
int generic(int x);
int have_high(void);

STATIC_CALL_KEY_OFFER(key, generic, have_high, 0);
