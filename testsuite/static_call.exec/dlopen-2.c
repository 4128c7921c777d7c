/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A target in a library: when the library goes, so does the target, and the next one is reached. */
/* { dg-do run } */
/* { dg-loaded-library "dlopen-2-lib.c" } */
/* { dg-additional-options "-ldl" } */
#include "check.h"
#include <dlfcn.h>

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

int main(int argc, char **argv)
{
	int (*target)(int);
	void *library;
	int round;

	CHECK(argc > 1);
	for (round = 0; round < 3; round++) {
		library = dlopen(argv[1], RTLD_NOW);
		CHECK(library != NULL);
		*(void **)&target = dlsym(library, "library_target");
		CHECK(static_call_key_update(&key, target) == 0);
		CHECK_KEY(&key, target);
		CHECK(work(5) == 150);
		CHECK(static_call_key_update(&key, one) == 0);
		CHECK(dlclose(library) == 0);
		CHECK_KEY(&key, one);
		CHECK(work(5) == 106);
	}
	return 0;
}
