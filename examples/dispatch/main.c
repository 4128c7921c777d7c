/* SPDX-License-Identifier: MIT */
/*
 * main.c - dispatch by what the processor can do, without ifunc: each backend says in its
 * own file what it offers to the key count_bits, and when. The calls are direct.
 *
 *	gcc -O2 -fplugin=static_call -rdynamic *.c -o dispatch -lstatic_call	(but extra.c)
 *	gcc -O2 -fplugin=static_call -fPIC -shared extra.c -o libextra.so -lstatic_call
 *	./dispatch ./libextra.so
 *	STATIC_CALL=offer:count_popcnt ./dispatch	forces a backend, for a test
 *	STATIC_CALL=offer: ./dispatch			none: what the key is initialized with
 *
 * Without the plugin, or without the runtime, the program uses count_generic() alone.
 */
#define _GNU_SOURCE
#include "count.h"
#include <dlfcn.h>
#include <stdio.h>

#define WORDS 1001

static void show(const char *when)
{
	static uint64_t words[WORDS];
	const char *name = "?";
	Dl_info info;
	size_t i;

	for (i = 0; i < WORDS; i++)
		words[i] = i * 0x9e3779b97f4a7c15;
	if (dladdr((void *)count_bits, &info) && info.dli_sname)
		name = info.dli_sname;
	printf("%-8s %-14s %zu bits\n", when, name, count_bits(words, WORDS));
}

int main(int argc, char **argv)
{
	void *library;

	show("start");
	if (argc < 2)
		return 0;
	library = dlopen(argv[1], RTLD_NOW);
	if (!library) {
		fprintf(stderr, "%s\n", dlerror());
		return 1;
	}
	show("loaded");
	dlclose(library);
	show("unloaded");
	return 0;
}
