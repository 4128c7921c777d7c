/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that two units share. */
#include "check.h"

struct ops {
	long id;
	int (*op)(int) STATIC_CALL_KEY;
};

extern int (*shared)(int) STATIC_CALL_KEY;
extern struct ops ops;

int other(int x);
void other_set(int (*fn)(int));
