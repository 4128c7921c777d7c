/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A site that does not hold what the runtime left there: the whole batch is refused. */
/* { dg-do run } */
#include "check.h"
#include <sys/mman.h>
#include <unistd.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*sound)(int) STATIC_CALL_KEY = one;
int (*damaged)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return sound(x) + 100;
}

NOIPA int work_damaged(int x)
{
	return damaged(x) + 100;
}

static int address(const struct static_call_key_site_info *info, void *data)
{
	*(const void **)data = info->site;
	return 0;
}

static void poke(unsigned char *p, unsigned char value)
{
	uintptr_t page = (uintptr_t)p & ~(uintptr_t)(sysconf(_SC_PAGESIZE) - 1);
	size_t size = sysconf(_SC_PAGESIZE);

	CHECK(mprotect((void *)page, size, PROT_READ | PROT_WRITE | PROT_EXEC) == 0);
	*p = value;
	CHECK(mprotect((void *)page, size, PROT_READ | PROT_EXEC) == 0);
}

int main(void)
{
	struct static_call_key_change changes[2] = {
		{ &sound, (static_call_key_fn)two },
		{ &damaged, (static_call_key_fn)two },
	};
	struct static_call_key_change reversed[2] = { changes[1], changes[0] };
	unsigned char *site, old;

	CHECK_KEY(&sound, one);
	CHECK_KEY(&damaged, one);
	CHECK(static_call_key_for_each_site(&damaged, address, &site) == 0);
	old = site[0];
	poke(site, 0x90);
	CHECK(static_call_key_verify() != 0);
	CHECK(static_call_key_update_many(changes, 2) == -84);
	CHECK(sound == one && damaged == one);
	CHECK(work(5) == 106);
	CHECK(static_call_key_update_many(reversed, 2) == -84);
	CHECK(sound == one && damaged == one);
	CHECK(work(5) == 106);
	CHECK(static_call_key_update(&damaged, two) == -84);
	CHECK(damaged == one && site[0] == 0x90);
	/* The other key goes on. */
	CHECK(static_call_key_update(&sound, two) == 0);
	CHECK(work(5) == 110);
	poke(site, old);
	CHECK(static_call_key_update_many(changes, 2) == 0);
	CHECK_KEY(&sound, two);
	CHECK_KEY(&damaged, two);
	CHECK(work_damaged(5) == 110);
	return 0;
}
