/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Targets just within and just beyond the reach of a site. */
/* { dg-do run } */
#include "check.h"
#include <sys/mman.h>

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

NOIPA static int near_target(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = near_target;

NOIPA int work(int x)
{
	return key(x) + 100;
}

/* lea 1000(%rdi), %eax; ret */
static const unsigned char code[] = { 0x8d, 0x87, 0xe8, 0x03, 0x00, 0x00, 0xc3 };

static int address(const struct static_call_key_site_info *info, void *data)
{
	*(const unsigned char **)data = (const unsigned char *)info->site;
	return 0;
}

/* Put a target there, if the memory is free; false if not. */
static int at(unsigned char *target, int (**fn)(int))
{
	unsigned char *page = (unsigned char *)((uintptr_t)target & ~(uintptr_t)4095);

	if (mmap(page, 8192, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != (void *)page)
		return 0;
	memcpy(target, code, sizeof(code));
	CHECK(mprotect(page, 8192, PROT_READ | PROT_EXEC) == 0);
	*fn = (int (*)(int))target;
	return 1;
}

int main(void)
{
	/* The displacement of a site counts from its end. */
	static const long long distances[] = {
		0x7fffffff, 0x80000000ll, -0x80000000ll, -0x80000001ll,
	};
	const unsigned char *site;
	unsigned int i, tried = 0;
	int (*fn)(int);

	CHECK(static_call_key_for_each_site(&key, address, &site) == 0);
	for (i = 0; i < sizeof(distances) / sizeof(distances[0]); i++) {
		struct static_call_key_info info;
		unsigned char *target = (unsigned char *)site + 5 + distances[i];

		if ((intptr_t)target < 0x10000 || !at(target, &fn))
			continue;
		tried++;
		CHECK(static_call_key_update(&key, fn) == 0);
		CHECK_KEY(&key, fn);
		CHECK(static_call_key_query(&key, &info) == 0);
		CHECK(info.patched == (distances[i] == (int)distances[i]));
		CHECK(work(5) == 1105);
		CHECK(static_call_key_update(&key, near_target) == 0);
		CHECK(munmap((void *)((uintptr_t)target & ~(uintptr_t)4095), 8192) == 0);
	}
	if (!tried)
		UNSUPPORTED("no memory is free near the edges of a site's reach");
	CHECK_KEY(&key, near_target);
	return 0;
}
