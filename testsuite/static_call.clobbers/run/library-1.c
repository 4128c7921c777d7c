/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A library without a keyed call provides a target, and says what it keeps. */
/* { dg-do run } */
/* { dg-loaded-library "library-1-lib.c" } */
/* { dg-additional-options "-ldl" } */
#include "check.h"
#include <dlfcn.h>
#include <errno.h>

#if defined TEST_NO_PLUGIN || defined TEST_NO_RUNTIME
#define REFUSED 0
#else
#define REFUSED -EOPNOTSUPP
#endif

static int NOIPA first(int x) STATIC_CALL_KEY_CLOBBERS("rax", "rcx");
static int NOIPA first(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY_CLOBBERS("rax", "rcx") STATIC_CALL_KEY = first;

int main(int argc, char **argv)
{
	static_call_key_fn second, more;
	void *library;

	CHECK(argc > 1);
	CHECK(key(1) == 2);
	library = dlopen(argv[1], RTLD_NOW);
	CHECK(library != NULL);
	*(void **)&second = dlsym(library, "second");
	*(void **)&more = dlsym(library, "more");
	CHECK(second && more);
	CHECK(static_call_key_set(&key, second) == 0);
	CHECK(key(1) == 3);
	CHECK_KEY(&key, second);
	CHECK(static_call_key_set(&key, more) == REFUSED);
	if (REFUSED)
		CHECK(key(1) == 3);
	CHECK(static_call_key_set(&key, (static_call_key_fn)first) == 0);
	/* It is no target any more when it has gone. */
	CHECK(dlclose(library) == 0);
	if (REFUSED && !dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD))
		CHECK(static_call_key_set(&key, second) == REFUSED);
	CHECK(key(1) == 2);
	return 0;
}
