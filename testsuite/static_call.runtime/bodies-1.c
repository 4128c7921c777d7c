/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions of a library stand in the sites of the program, how far away it may be. When
 * it is unloaded they do no more, be it that the key still holds one of them.
 */
/* { dg-do run } */
/* { dg-loaded-library "bodies-1-lib.c" } */
/* { dg-additional-options "-rdynamic -ldl" } */
#include "check.h"
#include "bodies-1.h"
#include <dlfcn.h>

typedef long fn(long x, long *word);

static NOIPA long own(long x, long *word)
{
	return x + *word;
}

long (*key)(long x, long *word) STATIC_CALL_KEY = own;

static long word;

/* Both are no tail calls. */
NOIPA static long call(void)
{
	word = 0x55;
	return key(10, &word) + key(10, &word) + 1;
}

static int is_body(const struct static_call_key_site_info *info, void *data)
{
	*(int *)data += !!(info->flags & STATIC_CALL_KEY_SITE_INFO_BODY);
	return 0;
}

static int bodies(void)
{
	int n = 0;

	CHECK(static_call_key_for_each_site(&key, is_body, &n) == 0);
	return n;
}

/* -O0 is for debuggers, which want to see functions entered. */
#ifdef __OPTIMIZE__
#define SITES 2
#else
#define SITES 0
#endif

static void check(void *library, const char *name, int sites, long wanted, long left)
{
	fn *target;

	*(void **)&target = dlsym(library, name);
	CHECK(target != NULL);
	CHECK(static_call_key_update(&key, target) == 0);
	CHECK(bodies() == sites);
	CHECK(call() == wanted && word == left);
	CHECK(static_call_key_verify() == 0);
	CHECK_SITES(&key, target, 2);
}

int main(int argc, char **argv)
{
	int round;

	CHECK(argc > 1);
	for (round = 0; round < 3; round++) {
		void *library = dlopen(argv[1], RTLD_NOW);

		if (!library)
			fprintf(stderr, "%s\n", dlerror());
		CHECK(library != NULL);
		check(library, "seven", SITES, 15, 0x55);
		check(library, "nothing", SITES, 21, 0x55);
		check(library, "called", 0, 21, 0x55);
		check(library, "load", SITES, 0x55 * 2 + 1, 0x55);
		CHECK(dlclose(library) == 0);
		CHECK(bodies() == 0);
		key = own;
		CHECK(call() == (10 + 0x55) * 2 + 1);
		CHECK_SITES(&key, own, 2);
	}
	return 0;
}
