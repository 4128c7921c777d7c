/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Targets beyond 2 GiB are reached through the trampoline, and patched again when near. */
/* { dg-do run } */
#include "check.h"
#include <sys/mman.h>

NOIPA static int near_target(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = near_target;
int (*tail_key)(int) STATIC_CALL_KEY = near_target;

NOIPA int work(int x)
{
	return key(x) + 100;
}

NOIPA int tail(int x)
{
	return tail_key(x);
}

/* lea 1000(%rdi), %eax; ret */
static const unsigned char code[] = { 0x8d, 0x87, 0xe8, 0x03, 0x00, 0x00, 0xc3 };

static int count(const struct static_call_key_site_info *info, void *data)
{
	CHECK(info->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE);
	CHECK(!(info->flags & STATIC_CALL_KEY_SITE_INFO_STALE));
	++*(int *)data;
	return 0;
}

static void check_far(const void *key_address, int (*far)(int))
{
	struct static_call_key_info info;
	int sites = 0;

	CHECK(static_call_key_query(key_address, &info) == 0);
	CHECK(info.target == (static_call_key_fn)far);
	CHECK(info.sites == 1 && info.patched == 0 && info.stale == 0);
	CHECK(static_call_key_for_each_site(key_address, count, &sites) == 0);
	CHECK(sites == 1);
}

int main(void)
{
	int (*far)(int);
	unsigned char *p;
	uintptr_t where = (uintptr_t)near_target & ~(uintptr_t)0xffff;
	int round;

	where = where > 0x400000000000 ? where - 0x200000000000 : where + 0x100000000000;
	p = (unsigned char *)mmap((void *)where, 4096, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(p != MAP_FAILED);
	memcpy(p, code, sizeof(code));
	CHECK(mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0);
	far = (int (*)(int))p;
	CHECK(!check_reaches((void *)work, p));
	CHECK(far(5) == 1005);

	for (round = 0; round < 3; round++) {
		CHECK_KEY(&key, near_target);
		CHECK(static_call_key_update(&key, far) == 0);
		check_far(&key, far);
		CHECK(work(5) == 1105);
		tail_key = far;
		check_far(&tail_key, far);
		CHECK(tail(5) == 1005);
		CHECK(static_call_key_verify() == 0);
		/* From far to far, too. */
		CHECK(static_call_key_update(&key, far) == 0);
		check_far(&key, far);
		CHECK(static_call_key_update(&key, near_target) == 0);
		tail_key = near_target;
		CHECK_KEY(&key, near_target);
		CHECK_KEY(&tail_key, near_target);
		CHECK(work(5) == 106 && tail(5) == 6);
	}
	return 0;
}
