/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keys.h - what the two units of the program share. modes.exp builds it, in C and in C++, in
 * every build mode; it compares results and looks at every site, so that it needs nothing else.
 */
#ifndef KEYS_H
#define KEYS_H

#include "check.h"

#define EXPORT __attribute__((visibility("default")))

typedef int function(int);

struct table {
	long id;
	struct {
		function *op STATIC_CALL_KEY;
	} inner;
};

/* Defined in other.c. */
extern EXPORT function *shared STATIC_CALL_KEY;
extern EXPORT struct table table;

int other(int x);
int other_tail(int x);
void other_change(function *fn);
void other_check(function *local, function *both, function *member);

/* A call in both units. */
static inline int both_units(int x)
{
	return shared(x) + 7;
}

#endif
