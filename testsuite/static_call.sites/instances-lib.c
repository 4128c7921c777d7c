/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library for instances-1.c: calls through the program's keys. */
#include "sites.h"

__asm__(RECORD(shared_key, shared_key, 0, "mov shared_key@GOTPCREL(%rip), %r11\n jmp *(%r11)\n"));
SITE_CALL(lib_call_, shared_key);
__asm__(".hidden lib_call_\n");
extern long (*shared_key)(long);
long lib_call_(long);
MODULE_AUTO

long lib_call(long x)
{
	return lib_call_(x);
}

int lib_update(long (*f)(long))
{
	return static_call_key_update(&shared_key, f);
}

void lib_store(long (*f)(long))
{
	shared_key = f;
	static_call_key_rt_store(&shared_key, sizeof(shared_key));
}

int lib_sites(void)
{
	struct static_call_key_info info;

	return static_call_key_query(&shared_key, &info) ? -1 : (int)(info.sites * 100 + info.patched);
}

void *lib_runtime(void)
{
	return (void *)static_call_key_rt_set;
}

long lib_target(long x)
{
	return x + 10;
}
