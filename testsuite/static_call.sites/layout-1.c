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
	int fd = memfd_create("static_call_key_runtime", 0);
	uint64_t *p;

	CHECK(fd >= 0 && !ftruncate(fd, 4096));
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	CHECK(p != MAP_FAILED);
	close(fd);
	p[1] = 99;
	p[0] = 0x79656b5f6c6c6163ull;	/* MEETING_MAGIC of os-linux-user.c */
	CHECK(static_call_key_rt_register(&module) == -EPROTO && !module.runtime);
	CHECK(static_call_key_update(&key, f2) == -EPROTO && key == f1 && call_key(0) == 1);
	CHECK(static_call_key_verify() == -EPROTO && static_call_key_sync(&key, 8) == -EPROTO);
	key = f2;
	static_call_key_rt_store(&key, 8);
	CHECK(call_key(0) == 2);
	puts("ok");
	return 0;
}
