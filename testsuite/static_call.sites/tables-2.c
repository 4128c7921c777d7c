/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables with random damage: the module is refused, or some of its sites are left
 * alone, and nothing crashes. Where only the descriptor is damaged, calls are right.
 *
 *	tables-2 [COUNT]
 */
#include <sys/mman.h>
#include <sys/wait.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1, key2 = f1;
KEY(key, 0);
KEY(key2, 0);
SITE_CALL(call_key, key);
SITE_TAIL(tail_key, key, 0);
SITE_CALL(call_key2, key2);
GUARD_FUNCTION(f1);
GUARD_FUNCTION(f2);
FUNCTION(guarded, GUARD
	 GUARD_ENTRY(key, 1, GUARD_OF(f1), "0")
	 GUARD_ENTRY(key, 0, GUARD_OF(f2), "773f - .")
	 "lea 1(%rdi), %rax\n ret\n 773: lea 2(%rdi), %rax\n ret\n" GUARD_SLOW(key));
FUNCTION(guarded2, GUARD GUARD_ENTRY(key2, 0, GUARD_OF(f1), "0")
	 "lea 1(%rdi), %rax\n ret\n" GUARD_SLOW(key2));
long call_key(long), tail_key(long), call_key2(long), guarded(long), guarded2(long);
MODULE

static uint64_t state = 0x9e3779b97f4a7c15;

static uint64_t number(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* A value that is wrong in one of the ways in which values are. */
static uint64_t damaged(uint64_t value)
{
	switch (number() % 6) {
	case 0:
		return 0;
	case 1:
		return value ^ 1ull << number() % 64;
	case 2:
		return value + (int64_t)(number() % 513) - 256;
	case 3:
		return value + ((number() % 65) << 12);
	case 4:
		return (uintptr_t)&module + (int64_t)(int32_t)number();
	default:
		return number();
	}
}

static void damage(void *start, size_t bytes)
{
	uint64_t words[2];
	size_t at = number() % (bytes / 4) * 4;
	size_t n = at + 8 <= bytes ? 4 + number() % 2 * 4 : 4;

	memset(words, 0, sizeof(words));
	memcpy(words, (char *)start + at, n);
	words[0] = damaged(words[0]);
	memcpy((char *)start + at, words, n);
}

static int see_key(const struct static_call_key_info *info, void *data)
{
	(void)info, (void)data;
	return 0;
}

static int see_site(const struct static_call_key_site_info *info, void *data)
{
	(void)info, (void)data;
	return 0;
}

static void try_one(int what)
{
	struct static_call_key_module m = module;
	size_t n = 1 + number() % 3;
	int err;

	for (; n; n--) {
		if (what == 0)
			damage(&module, sizeof(module));
		else if (what == 1)
			damage((void *)m.records_start, m.records_stop - m.records_start);
		else if (what == 2)
			damage((void *)m.guards_start, m.guards_stop - m.guards_start);
		else
			damage((void *)m.sites_start, m.sites_stop - m.sites_start);
	}
	err = static_call_key_rt_register(&module);
	static_call_key_verify();
	static_call_key_for_each(see_key, NULL);
	static_call_key_for_each_site(&key, see_site, NULL);
	static_call_key_why(&key);
	if (err || what == 0) {
		CHECK(call_key(0) == 1 && tail_key(0) == 1 && call_key2(0) == 1);
		CHECK(guarded(0) == 1 && guarded2(0) == 1);
		CHECK(!static_call_key_update(&key, f2) && key == f2);
		CHECK(call_key(0) == 2 && tail_key(0) == 2 && call_key2(0) == 1);
		CHECK(guarded(0) == 2 && guarded2(0) == 1);
	}
	static_call_key_rt_unregister(&module);
}

int main(int argc, char **argv)
{
	uintptr_t lo = module.sites_start < module.guards_start ? module.sites_start
								 : module.guards_start;
	uintptr_t hi = module.sites_stop > module.guards_stop ? module.sites_stop
							      : module.guards_stop;
	int i, status, count = argc > 1 ? atoi(argv[1]) : 1000;

	lo &= ~4095ul;
	CHECK(!mprotect((void *)lo, hi - lo, PROT_READ | PROT_WRITE));
	for (i = 0; i < count; i++) {
		pid_t pid;

		number();
		pid = fork();
		CHECK(pid >= 0);
		if (!pid) {
			try_one(i % 4);
			_exit(0);
		}
		CHECK(waitpid(pid, &status, 0) == pid);
		if (!WIFEXITED(status) || WEXITSTATUS(status)) {
			printf("number %d: status %x\n", i, status);
			return 1;
		}
	}
	puts("ok");
	return 0;
}
