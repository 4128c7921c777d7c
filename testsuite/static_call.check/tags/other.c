/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With -DFORGOTTEN and one of these: what such a unit may do to a key. */
#include "tagged.h"

void none(void);

static __attribute__((noinline, used)) void local(function f)
{
#ifdef STORE
	hook = f;
#elif defined CONSTANT
	(void)f;
	hook = two;
#elif defined EXCHANGE
	__atomic_exchange_n(&hook, f, __ATOMIC_SEQ_CST);
#elif defined COMPARE
	function old = one;

	__atomic_compare_exchange_n(&hook, &old, f, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
#elif defined ADDRESS
	(void)f;
	use(&hook);
#elif defined ELEMENT
	static volatile int i = 1;

	table[i & 3] = f;
#elif defined MEMBERS
	ops.first = ops.second = f;
#elif defined MEMBER
	ops.second = f;
#elif defined COPY
	static struct ops new;

	new.first = f;
	ops = new;
#elif defined HARMLESS
	/* Reads, and stores to what is no key. */
	static volatile long *count = &ops.count;

	ops.count = *count + (hook == f) + (f ? ops.second(1) : 0) + (table[1] ? 1 : 0);
#else
	(void)f;
#endif
}

void none(void)
{
	local(two);
}
