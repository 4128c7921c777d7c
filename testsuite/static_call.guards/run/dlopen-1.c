/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The key is the program's, the guard that of a library: in it an inline function is inlined. */
/* { dg-do run } */
/* { dg-additional-options "-rdynamic -ldl" } */
/* { dg-loaded-library dlopen-1-lib.c } */
/* { dg-skip-if "the library needs an executable" { *-*-* } { "-shared" } } */
#include <dlfcn.h>

#include "guard.h"
#include "dlopen-1.h"

int (*key)(int) STATIC_CALL_KEY = first;

int first(int x)
{
	return x + 1;
}

int second(int x)
{
	return x + 2;
}

static int library_work(void *library, int x)
{
	int (*work)(int);

	*(void **)&work = dlsym(library, "library_work");
	CHECK(work);
	return work(x);
}

static int (*library_own(void *library))(int)
{
	int (*(*function)(void))(int);

	*(void **)&function = dlsym(library, "library_own");
	CHECK(function);
	return function();
}

int main(int argc, char **argv)
{
	int (*own)(int), i;
	void *library;

	CHECK(argc == 2);
	for (i = 0; i < 3; i++) {
		key = first;
		library = dlopen(argv[1], RTLD_NOW);
		CHECK(library);
		own = library_own(library);
		CHECK(library_work(library, 5) == 61);
		CHECK(static_call_key_update(&key, own) == 0);
		CHECK_GUARDED(&key);
		CHECK(library_work(library, 5) == 1051);
		/* The program's functions may be out of reach of the library's sites. */
		CHECK(static_call_key_update(&key, second) == 0);
		CHECK(!CHECK_PATCHED || static_call_key_verify() == 0);
		CHECK(library_work(library, 5) == 71);
		key = own;
		CHECK_GUARDED(&key);
		CHECK(library_work(library, 5) == 1051);
		key = first;
		dlclose(library);
		if (CHECK_PATCHED)
			CHECK(static_call_key_verify() == 0);
	}
	return 0;
}
