/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Several copies of the runtime in one process: one in the program, one in each
 * of the libraries given, in any order of loading and unloading. All follow one
 * key.
 *
 *	instances-1 [chroot FOLDER] LIB...
 *
 * With chroot, the libraries are loaded where no /proc is, which the program has seen.
 */
#include <dlfcn.h>
#include <unistd.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
long f3(long x) { return x + 3; }
fn shared_key = f1;
#ifdef WITH_SITES
KEY(shared_key, 0);
SITE_CALL(call_key, shared_key);
long call_key(long);
MODULE_AUTO
#define OWN 1
#else
#define call_key(x) shared_key(x)
#define OWN 0
#endif

struct lib {
	void *handle;
	long (*call)(long);
	int (*update)(fn);
	void (*store)(fn);
	int (*sites)(void);
	void *(*runtime)(void);
	fn target;
};

static void load(struct lib *l, const char *name)
{
	l->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (!l->handle)
		puts(dlerror());
	CHECK(l->handle);
	l->call = (long (*)(long))dlsym(l->handle, "lib_call");
	l->update = (int (*)(fn))dlsym(l->handle, "lib_update");
	l->store = (void (*)(fn))dlsym(l->handle, "lib_store");
	l->sites = (int (*)(void))dlsym(l->handle, "lib_sites");
	l->target = (fn)dlsym(l->handle, "lib_target");
	l->runtime = (void *(*)(void))dlsym(l->handle, "lib_runtime");
}

int main(int argc, char **argv)
{
	struct lib libs[8];
	int n = argc - 1, i, j, round, loaded;
	fn f[3] = { f1, f2, f3 };

	if (n > 2 && !strcmp(argv[1], "chroot")) {
		CHECK(!chroot(argv[2]) && !chdir("/") && access("/proc", F_OK));
		argv += 2;
		n -= 2;
	}

	for (round = 0; round < 4; round++) {
		for (i = 0; i < n; i++)
			load(&libs[i], argv[1 + i]);
		if (!round)
			for (i = 0; i < n; i++)
				printf("%s: runtime at %p\n", argv[1 + i], libs[i].runtime());
		for (loaded = n; loaded > 0; loaded--) {
			struct lib *all = round & 1 ? libs + n - loaded : libs;

			for (i = 0; i < loaded; i++) {
				CHECK(all[i].sites() / 100 == loaded + OWN);
				CHECK(!all[i].update(f[(i + round) % 3]));
				for (j = 0; j < loaded; j++)
					CHECK(all[j].call(0) == 1 + (i + round) % 3);
				CHECK(call_key(0) == 1 + (i + round) % 3);
				all[i].store(f[(i + round + 1) % 3]);
				for (j = 0; j < loaded; j++)
					CHECK(all[j].call(0) == 1 + (i + round + 1) % 3);
				CHECK(call_key(0) == 1 + (i + round + 1) % 3);
			}
			/* libraries are near each other, so their sites are patched */
			CHECK(!all[0].update(all[loaded - 1].target));
			CHECK(all[0].sites() % 100 == loaded);
			for (j = 0; j < loaded; j++)
				CHECK(all[j].call(0) == 10);
			CHECK(!all[0].update(f1));
			if (OWN) {
				CHECK(!static_call_key_update(&shared_key, f1));
				for (j = 0; j < loaded; j++)
					CHECK(all[j].call(0) == 1);
			}
			dlclose(round & 1 ? all[0].handle : all[loaded - 1].handle);
		}
	}
	puts("ok");
	return 0;
}
