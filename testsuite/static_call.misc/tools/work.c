/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For tools.exp: calls in loops that are run often enough for a translator to keep
 * them, between updates, stores, and a library that comes and goes. Every call is
 * checked; the last line says what the runtime knows of the key.
 *
 *	work [LIBRARY]
 */
#include <dlfcn.h>
#include <static_call.h>
#include <stdio.h>

static int one(int x) { return x + 1; }
static int two(int x) { return x + 2; }
int (*key)(int) STATIC_CALL_KEY = one;

static int wrong;

__attribute__((noinline)) int loop(void)
{
	int i, sum = 0;

	for (i = 0; i < 1000; i++)
		sum += key(i & 1);
	return sum;
}

static void expect(const char *what, int got, int wanted)
{
	if (got == wanted)
		return;
	printf("%s: %d, not %d\n", what, got, wanted);
	wrong = 1;
}

static void work(int (*again)(void), const char *who)
{
	expect(who, again(), 1500);
	expect("update", static_call_key_update(&key, two), 0);
	expect(who, again(), 2500);
	key = one;
	expect(who, again(), 1500);
}

int main(int argc, char **argv)
{
	struct static_call_key_info info = { 0 };
	int (*again)(void);
	void *library;
	int i, why;

	work(loop, "the program");
	for (i = 0; i < 3 && argc > 1; i++) {
		library = dlopen(argv[1], RTLD_NOW);
		if (!library) {
			puts(dlerror());
			return 1;
		}
		*(void **)&again = dlsym(library, "library_loop");
		work(again, "the library");
		work(loop, "the program, with the library");
		dlclose(library);
		work(loop, "the program, without the library");
	}
	static_call_key_query(&key, &info);
	why = static_call_key_why(&key);
	expect("stale sites", info.stale, 0);
	expect("verify", static_call_key_verify(), 0);
	printf("%s: sites %zu patched %zu why %d\n", wrong ? "wrong" : "right", info.sites,
	       info.patched, why);
	return wrong;
}
