/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library that is dlopened calls through keys of the program and of its own. */
/* { dg-do run } */
/* { dg-skip-if "the key must be in the program" { *-*-* } { "-shared" } } */
/* { dg-loaded-library "dlopen-1-lib.c" } */
/* { dg-additional-options "-rdynamic -ldl" } */
#include "check.h"
#include <dlfcn.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

static size_t sites(const void *address)
{
	struct static_call_key_info info;

	if (!CHECK_PATCHED)
		return 0;
	CHECK(static_call_key_query(address, &info) == 0);
	return info.sites;
}

int main(int argc, char **argv)
{
	size_t before = sites(&key);
	int (*library_work)(int);
	void (*library_check)(void);
	void *library;
	int round;

	CHECK(argc > 1);
	for (round = 0; round < 3; round++) {
		CHECK(static_call_key_update(&key, one) == 0);
		library = dlopen(argv[1], RTLD_NOW);
		if (!library)
			fprintf(stderr, "%s\n", dlerror());
		CHECK(library != NULL);
		*(void **)&library_work = dlsym(library, "library_work");
		*(void **)&library_check = dlsym(library, "library_check");

		if (CHECK_PATCHED)
			CHECK(sites(&key) > before);
		CHECK_SITES(&key, one, 2);
		library_check();
		CHECK(work(5) == 106 && library_work(5) == 706);
		CHECK(static_call_key_update(&key, two) == 0);
		CHECK_SITES(&key, two, 2);
		library_check();
		CHECK(work(5) == 110 && library_work(5) == 710);

		/* The sites go with the library, and an update after that is safe. */
		CHECK(dlclose(library) == 0);
		CHECK(sites(&key) == before);
		CHECK(static_call_key_update(&key, one) == 0);
		CHECK_KEY(&key, one);
		CHECK(work(5) == 106);
	}
	return 0;
}
