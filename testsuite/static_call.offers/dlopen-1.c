/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A library offers more to the program's keys while it is there. What the program itself
 * has put into a key stays, unless it is the library's.
 */
/* { dg-do run } */
/* { dg-skip-if "the keys must be in the program" { *-*-* } { "-shared" } } */
/* { dg-loaded-library "dlopen-1-lib.c" } */
/* { dg-additional-options "-rdynamic -ldl" } */
#include "check.h"
#include <dlfcn.h>

NOIPA int generic(int x)
{
	return x + 1;
}

NOIPA static int better(int x)
{
	return x + 2;
}

NOIPA static int mine(int x)
{
	return x + 9;
}

int (*key)(int) STATIC_CALL_KEY = generic;
int (*bare)(int) STATIC_CALL_KEY = generic;
int (*early)(int) STATIC_CALL_KEY = generic;
int (*stored)(int) STATIC_CALL_KEY = generic;
STATIC_CALL_KEY_OFFER(key, better, NULL, 10);

/* The library's predicate. */
int library_can = 1, library_asked;

NOIPA int work(int x)
{
	return key(x) + 10 * bare(x) + 100 * early(x) + 1000 * stored(x);
}

static void *load(const char *path)
{
	void *library = dlopen(path, RTLD_NOW);

	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library != NULL);
	return library;
}

static void unload(void *library)
{
	CHECK(dlclose(library) == 0);
	CHECK(static_call_key_verify() == 0);
}

int main(int argc, char **argv)
{
	int (*library_best)(int);
	void *library;
	int round;

	if (!CHECK_PATCHED)
		return 0;
	CHECK(argc > 1);
	/* Before anything is offered to these two. */
	CHECK(static_call_key_update(&early, mine) == 0);
	stored = mine;
	CHECK(work(0) == 9912);

	for (round = 0; round < 3; round++) {
		library_asked = 0;
		library = load(argv[1]);
		*(void **)&library_best = dlsym(library, "library_best");
		CHECK(library_asked == 2);
		CHECK_KEY(&key, library_best);
		CHECK_KEY(&bare, library_best);
		CHECK(work(0) == 9933);
		unload(library);
		CHECK_KEY(&key, better);
		CHECK_KEY(&bare, generic);
		CHECK(work(0) == 9912);
	}

	library_can = 0;
	library = load(argv[1]);
	CHECK(work(0) == 9912);
	library_can = 1;
	CHECK(static_call_key_select(NULL) == 0);
	CHECK(work(0) == 3333);
	/* By hand: one stays, one is the library's. */
	CHECK(static_call_key_update(&key, mine) == 0);
	CHECK(static_call_key_update(&bare, generic) == 0);
	bare = library_best;
	unload(library);
	CHECK_KEY(&key, mine);
	CHECK_KEY(&bare, generic);
	CHECK_KEY(&early, mine);
	CHECK_KEY(&stored, mine);

	library = load(argv[1]);
	CHECK_KEY(&key, mine);
	CHECK(static_call_key_select(&key) == 0);
	CHECK_KEY(&key, library_best);
	unload(library);
	CHECK_KEY(&key, better);
	return 0;
}
