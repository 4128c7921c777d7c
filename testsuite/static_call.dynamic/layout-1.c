/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Another copy of the runtime, with a state of an unknown layout, came first: this one lets
 * dynamic calls be as they were linked and says so; each reaches the function that it was made
 * with.
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "dynamic.h"

STATES;
NAMED(ops, thunk);
CALL(call, jump);
CALL(call_thunk, thunk);
TAIL(tail, jump);
NAMED_CALL(named, ops);
MODULE

static int see(const struct static_call_dynamic_info *info, void *data)
{
	(void)info, (void)data;
	return 7;
}

int main(void)
{
	static const caller fns[] = { call, call_thunk, tail, named };
	/* places[1] of find-state.c: all are looked at */
	uint64_t *wanted = (uint64_t *)0x567a5ca11000, *p;
	struct static_call_dynamic_stats stats;
	const unsigned char *linked;
	unsigned int i;

	p = mmap(wanted, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(p == wanted);
	p[1] = 99;
	p[0] = 0x79656b5f6c6c6163ull;	/* MEETING_MAGIC there */
	CHECK(static_call_key_rt_register(&module) == -EPROTO && !module.runtime && !module.learn);
	for (i = 0; i < sizeof(fns) / sizeof(fns[0]); i++) {
		linked = led_to(fns[i]);
		make_calls(fns[i], i, 20000);
		make_calls(fns[i], i + 1, 100);
		CHECK(led_to(fns[i]) == linked && !learned(fns[i], 1, i));
	}
	CHECK(static_call_dynamic_learn() == -EPROTO && static_call_dynamic_freeze() == -EPROTO);
	CHECK(static_call_dynamic_stats(&stats) == -EPROTO);
	CHECK(static_call_dynamic_for_each(see, NULL) == -EPROTO);
	CHECK(static_call_dynamic_save("layout.text") == -EPROTO);
	CHECK(static_call_dynamic_load("layout.text") == -EPROTO);
	puts("ok");
	return 0;
}
