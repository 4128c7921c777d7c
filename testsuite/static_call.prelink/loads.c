/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loads a prelinked library, several times, and uses it. */
#include "check.h"
#include <dlfcn.h>

static void *library;

static void *function(const char *name)
{
	void *fn = dlsym(library, name);

	CHECK(fn != NULL);
	return fn;
}

/* kB of the library's text that are not the file's any more. */
static long text_own(const void *at)
{
	uintptr_t here = (uintptr_t)at, lo, hi;
	FILE *maps = fopen("/proc/self/smaps", "r");
	char line[512];
	int inside = 0;
	long kb, own = -1;

	CHECK(maps != NULL);
	while (fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx %*s", &lo, &hi) == 2)
			inside = here >= lo && here < hi;
		if (inside && sscanf(line, "Anonymous: %ld", &kb) == 1)
			own = kb;
	}
	fclose(maps);
	return own;
}

int main(int argc, char **argv)
{
	struct static_call_key_info info;
	int (*call)(int), (*update)(int), i;
	const void *(*key)(void);
	void (*store)(int);

	CHECK(argc > 1);
	for (i = 0; i < 3; i++) {
		library = dlopen(argv[1], RTLD_NOW);
		if (!library)
			fprintf(stderr, "%s\n", dlerror());
		CHECK(library != NULL);
		*(void **)&call = function("loaded_call");
		*(void **)&update = function("loaded_update");
		*(void **)&store = function("loaded_store");
		*(void **)&key = function("loaded_key");
		CHECK(static_call_key_query(key(), &info) == 0);
		CHECK(info.sites == 1 && info.patched == 1 && info.stale == 0);
		CHECK(text_own((void *)call) == 0);
		CHECK(call(5) == 106);
		CHECK(update(1) == 0 && call(5) == 110);
		store(0);
		CHECK(call(5) == 106);
		if (i)
			store(1);
		CHECK(static_call_key_verify() == 0);
		CHECK(dlclose(library) == 0);
		CHECK(static_call_key_verify() == 0);
	}
	return 0;
}
