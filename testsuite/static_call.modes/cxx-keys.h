/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two units of the C++ program of modes.exp share. */
#ifndef CXX_KEYS_H
#define CXX_KEYS_H

#include "check.h"

#define EXPORT __attribute__((visibility("default")))

typedef int function(int);

/* Destroyed in the right order, as often as constructed. */
struct EXPORT guard {
	static int alive;

	guard() { alive++; }
	guard(const guard &) { alive++; }
	~guard() { alive--; }
};

struct EXPORT failure {
	int value;
};

namespace hooks {
struct EXPORT table {
	static function *hook STATIC_CALL_KEY;
	int id;
	function *op STATIC_CALL_KEY;
};

extern EXPORT table the_table;
}

extern EXPORT function *shared STATIC_CALL_KEY;

/* Sites of one function in two units: one of them stays. */
template <typename T> NOIPA EXPORT T doubled(T x)
{
	guard g;

	return static_cast<T>(shared(static_cast<int>(x)) * 2);
}

struct EXPORT shape {
	virtual int area(int x) { return shared(x); }
	virtual ~shape();
};

int other(int x);
int other_tail(int x);
void other_change(function *fn);
void other_check(function *both, function *hook, function *member);
int add_hundred(int x);

#endif
