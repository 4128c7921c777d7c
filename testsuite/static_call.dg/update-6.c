/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An update of what is no key is warned of, where that is known; and the warning obeys. */
/* { dg-do compile } */
#include <static_call.h>
#include <stddef.h>

typedef int (*function)(int);

struct ops {
	function tagged STATIC_CALL_KEY;
	function plain;
};

struct tail {
	long n;
	function more[];
};

function key STATIC_CALL_KEY;
function forgotten;
extern function elsewhere;
struct ops ops;
function table[3];
extern struct tail tail STATIC_CALL_KEY;
int one(int x);

#define SET(where) static_call_key_update(&(where), one)

static inline int set(function *where)
{
	return static_call_key_update(where, one);
}

void updates(function *anywhere, struct ops *p)
{
	function local = one;

	static_call_key_update(&forgotten, one); /* { dg-warning "of .forgotten., which is no .static_call_key.: no call site follows" } */
	static_call_key_update(&elsewhere, one); /* { dg-warning "of .elsewhere., which is no .static_call_key." } */
	static_call_key_update(&table[1], one); /* { dg-warning "of .table., which is no .static_call_key." } */
	static_call_key_update(&ops.plain, one); /* { dg-warning "of .ops., which is no .static_call_key." } */
	static_call_key_update(&local, one); /* { dg-warning "of .local., which is no .static_call_key." } */
	static_call_key_set(&forgotten, NULL); /* { dg-warning "of .forgotten., which is no .static_call_key." } */
	SET(forgotten); /* { dg-warning "of .forgotten., which is no .static_call_key." } */

	static_call_key_update(&key, one);
	static_call_key_update(&ops.tagged, one);
	static_call_key_update(&p->plain, one);
	static_call_key_update(anywhere, one);
	static_call_key_update(&tail.more[1], one);
	set(&key);
	set(&forgotten);
	SET(key);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wattributes"
	SET(forgotten);
#pragma GCC diagnostic pop
}
