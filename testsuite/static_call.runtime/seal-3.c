/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key is sealed for modules that come later, and before any of them calls through it; a
 * key whose module goes leaves no seal to what comes in its place.
 */
/* { dg-do run } */
/* { dg-skip-if "the key must be in the program" { *-*-* } { "-shared" } } */
/* { dg-loaded-library "seal-3-lib.c" } */
/* { dg-additional-options "-rdynamic -ldl" } */
#include "check.h"
#include <dlfcn.h>
#include <errno.h>

NOIPA int one(int x)
{
	return x + 1;
}

NOIPA int two(int x)
{
	return x * 2;
}

/* Nothing here calls through it. */
int (*key)(int) STATIC_CALL_KEY = one;

typedef int call_fn(int);

static void *load(const char *path, call_fn **call, call_fn **own, void **own_key)
{
	void *library = dlopen(path, RTLD_NOW);

	if (!library)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(library != NULL);
	*(void **)call = dlsym(library, "library_call");
	*(void **)own = dlsym(library, "library_own");
	*own_key = dlsym(library, "library_key");
	CHECK(*call && *own && *own_key);
	return library;
}

int main(int argc, char **argv)
{
	struct static_call_key_info info;
	call_fn *call, *own;
	void *library, *own_key;
	int round, held;

	CHECK(argc > 1);
	CHECK(static_call_key_query(&key, &info) == -ENOENT);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK(static_call_key_seal(&key) == 0);
	CHECK(static_call_key_update(&key, one) == -EPERM && key == two);
	for (round = 0; round < 4; round++) {
		library = load(argv[1], &call, &own, &own_key);
		CHECK(call(5) == 210);
		CHECK_KEY(&key, two);
		CHECK(static_call_key_query(&key, &info) == 0);
		CHECK(info.flags & STATIC_CALL_KEY_INFO_SEALED);
		CHECK(static_call_key_update(&key, one) == -EPERM);
		CHECK(call(5) == 210);

		/* Its own key is new each time. */
		CHECK(static_call_key_query(own_key, &info) == 0);
		CHECK(!(info.flags & STATIC_CALL_KEY_INFO_SEALED));
		CHECK(own(5) == 306);
		held = round % 2 ? 306 : 310;
		CHECK(static_call_key_set(own_key, (static_call_key_fn)two) == 0);
		CHECK(own(5) == 310);
		if (round % 2)
			CHECK(static_call_key_set(own_key, (static_call_key_fn)one) == 0);
		CHECK(static_call_key_seal(own_key) == 0);
		CHECK(static_call_key_set(own_key, (static_call_key_fn)one) == -EPERM);
		CHECK(own(5) == held);
		CHECK(dlclose(library) == 0);
		CHECK(static_call_key_verify() == 0);
	}
	return 0;
}
