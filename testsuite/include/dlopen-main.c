/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Run the main of a test that was linked as a shared library. */
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	int (*test)(int, char **);
	void *library;

	if (argc < 2)
		return 2;
	library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
	if (library)
		*(void **)&test = dlsym(library, "main");
	if (!library || !test) {
		fprintf(stderr, "%s\n", dlerror());
		return 2;
	}
	return test(argc - 1, argv + 1);
}
