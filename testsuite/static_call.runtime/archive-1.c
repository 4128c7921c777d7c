/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library without a runtime of its own finds the one that the program exports. */
/* { dg-do run } */
/* { dg-skip-if "the runtime must be in the program" { *-*-* } { "-shared" } } */
/* { dg-loaded-library "archive-1-lib.c" } */
/* { dg-static-runtime } */
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

int main(int argc, char **argv)
{
	int (*library_work)(int);
	void *library;

	CHECK(argc > 1);
	library = dlopen(argv[1], RTLD_NOW);
	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library != NULL);
	*(void **)&library_work = dlsym(library, "library_work");
	CHECK_SITES(&key, one, 2);
	CHECK(work(5) == 106 && library_work(5) == 206);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_SITES(&key, two, 2);
	CHECK(work(5) == 110 && library_work(5) == 210);
	CHECK(dlclose(library) == 0);
	CHECK_KEY(&key, two);
	return 0;
}
