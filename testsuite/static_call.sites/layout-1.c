/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Another copy of the runtime, with a state of an unknown layout, came first:
 * this one registers nothing and says so, and the program is correct.
 */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
SITE_CALL(call_key, key);
long call_key(long);
MODULE

int main(void)
{
	/* places[1] of find-state.c: all are looked at */
	uint64_t *wanted = (uint64_t *)0x567a5ca11000, *p;

	p = mmap(wanted, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(p == wanted);
	p[1] = 99;
	p[0] = 0x79656b5f6c6c6163ull;	/* MEETING_MAGIC there */
	CHECK(static_call_key_rt_register(&module) == -EPROTO && !module.runtime);
	CHECK(static_call_key_update(&key, f2) == -EPROTO && key == f1 && call_key(0) == 1);
	CHECK(static_call_key_verify() == -EPROTO && static_call_key_sync(&key, 8) == -EPROTO);
	key = f2;
	static_call_key_rt_store(&key, 8);
	CHECK(call_key(0) == 2);
	puts("ok");
	return 0;
}
