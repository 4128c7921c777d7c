/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The library that defines a key is closed: its key is not known any more. */
/* { dg-do run } */
/* { dg-loaded-library "dlopen-3-lib.c" } */
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

typedef int (*fn)(int);

static int count(const struct static_call_key_info *info, void *data)
{
	(void)info;
	++*(int *)data;
	return 0;
}

int main(int argc, char **argv)
{
	struct static_call_key_info info;
	void *library, *other;
	int before = 0, with = 0, after = 0;
	fn *library_key;
	int (*library_work)(int);

	CHECK(argc > 2);
	CHECK(static_call_key_for_each(count, &before) == 0);
	library = dlopen(argv[1], RTLD_NOW);
	CHECK(library != NULL);
	*(void **)&library_key = dlsym(library, "library_key");
	*(void **)&library_work = dlsym(library, "library_work");
	CHECK(static_call_key_for_each(count, &with) == 0);
	if (CHECK_PATCHED)
		CHECK(with == before + 1);
	CHECK_KEY(library_key, *library_key);
	CHECK(static_call_key_update(library_key, one) == 0);
	CHECK_KEY(library_key, one);
	CHECK(library_work(5) == 1006);
	CHECK(dlclose(library) == 0);
	CHECK(static_call_key_for_each(count, &after) == 0);
	CHECK(after == before);
	CHECK(static_call_key_query((void *)library_key, &info) < 0);
	other = dlopen(argv[2], RTLD_NOW);
	CHECK(other != NULL);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	CHECK(dlclose(other) == 0);
	return 0;
}
