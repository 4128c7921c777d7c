/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The keys; -DFORGOTTEN is the header of a unit that has an old copy of it. */
#ifdef FORGOTTEN
#define KEY
#else
#include <static_call.h>
#define KEY STATIC_CALL_KEY
#endif

typedef int (*function)(int);

struct ops {
	long count;
	function first, second;
};

extern function hook KEY, other KEY;
extern function table[4] KEY;
extern struct ops ops KEY;

int one(int x);
int two(int x);
void use(function *key);
