/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: members, references, updates. */
/* { dg-do compile } */
#include <static_call.h>

typedef int quiet_fn(int) STATIC_CALL_KEY_CLOBBERS("rax");

int plain(int);
quiet_fn fine;

struct ops {
	int (*fn)(int) STATIC_CALL_KEY_CLOBBERS("rax") STATIC_CALL_KEY;
	static quiet_fn *shared;
	virtual int member(int) STATIC_CALL_KEY_CLOBBERS("rax");
};
quiet_fn *ops::shared STATIC_CALL_KEY = fine;
quiet_fn *key STATIC_CALL_KEY;
ops o;

void assigned()
{
	quiet_fn *&reference = key;

	key = plain; // { dg-error "may change .rdx." }
	reference = plain; // { dg-error "may change .rdx." }
	o.fn = plain; // { dg-error "may change .rdx." }
	ops::shared = fine;
	static_call_key_update(&key, plain); // { dg-error "may change .rdx." }
	static_call_key_update(&key, fine);
}

int ops::member(int x)
{
	return x;
}
