/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guard leads to the inlined code of the function that its key holds, and else to its
 * slow path: after updates, stores and the removal of its module. Every form of it.
 */
#include <sys/mman.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
long f3(long x) { return x + 3; }
long f4(long x) { return x + 4; }
long f5(long x) { return x + 5; }
fn key = f1, nullable = f1, silent = f1;
KEY(key, 0);
KEY_NULL(nullable, 3);
KEY_NULL(silent, 3);
GUARD_FUNCTION(f1);
GUARD_FUNCTION(f2);
GUARD_FUNCTION(f3);
GUARD_FUNCTION(f4);
__asm__(".pushsection .data.rel.ro,\"aw\",@progbits\n .balign 8\n"
	".weak not_there\n .Lguard_not_there: .quad not_there\n .popsection\n");

/* Inlined code adds 100. */
FUNCTION(four, GUARD
	 GUARD_ENTRY(key, 1, GUARD_OF(f1), "0")
	 GUARD_ENTRY(key, 1, GUARD_OF(f2), "773f - .")
	 GUARD_ENTRY(key, 1, GUARD_OF(f3), "774f - .")
	 GUARD_ENTRY(key, 0, GUARD_OF(f4), "775f - .")
	 "lea 101(%rdi), %rax\n ret\n"
	 "773: lea 102(%rdi), %rax\n ret\n"
	 "774: lea 103(%rdi), %rax\n ret\n"
	 "775: lea 104(%rdi), %rax\n ret\n" GUARD_SLOW(key));
FUNCTION(one, GUARD GUARD_ENTRY(key, 0, GUARD_OF(f2), "0")
	 "lea 102(%rdi), %rax\n ret\n" GUARD_SLOW(key));
FUNCTION(null_last, GUARD
	 GUARD_ENTRY(nullable, 1, GUARD_OF(f1), "0")
	 GUARD_ENTRY(nullable, 0, "0", "773f - .")
	 "lea 101(%rdi), %rax\n ret\n 773: mov $100, %eax\n ret\n" GUARD_SLOW(nullable));
FUNCTION(null_only, GUARD GUARD_ENTRY(nullable, 0, "0", "0")
	 "mov $100, %eax\n ret\n" GUARD_SLOW(nullable));
/* A function that is weak and not there is not what NULL stands for. */
FUNCTION(weak, GUARD GUARD_ENTRY(silent, 0, GUARD_OF(not_there), "0")
	 "mov $100, %eax\n ret\n" GUARD_SLOW(silent));
SITE_TAIL(plain, key, 0);
long four(long), one(long), null_last(long), null_only(long), weak(long), plain(long);
MODULE_AUTO

#define GUARDS	(STATIC_CALL_KEY_SITE_INFO_GUARD | STATIC_CALL_KEY_SITE_INFO_INLINED)

struct seen {
	const void *destination[2];
	unsigned int flags[2];
	int guards;
};

static int look(const struct static_call_key_site_info *info, void *data)
{
	struct seen *seen = data;

	if (info->flags & STATIC_CALL_KEY_SITE_INFO_GUARD) {
		CHECK(seen->guards < 2);
		CHECK(!(info->flags & (STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE |
				       STATIC_CALL_KEY_SITE_INFO_TAIL)));
		seen->destination[seen->guards] = info->destination;
		seen->flags[seen->guards++] = info->flags;
	} else {
		CHECK(!(info->flags & STATIC_CALL_KEY_SITE_INFO_INLINED));
	}
	return 0;
}

static struct seen guards_of(const void *k)
{
	struct seen seen = { .guards = 0 };

	CHECK(!static_call_key_for_each_site(k, look, &seen));
	return seen;
}

/* The key holds target: the guards of four() and one() lead to its inlined code, or not. */
static void check(fn target, int in_four, int in_one)
{
	struct static_call_key_info info;
	struct seen seen = guards_of(&key);

	CHECK(key == target && plain(10) == target(10));
	CHECK(four(10) == target(10) + (in_four ? 100 : 0));
	CHECK(one(10) == target(10) + (in_one ? 100 : 0));
	CHECK(static_call_key_verify() == 0 && static_call_key_why(&key) == 0);
	CHECK(!static_call_key_query(&key, &info));
	/* A guarded call counts once. */
	CHECK(info.sites == 3 && info.patched == 3 && info.stale == 0);
	CHECK(seen.guards == 2);
	CHECK((seen.flags[0] & GUARDS) == (in_four ? GUARDS : STATIC_CALL_KEY_SITE_INFO_GUARD));
	CHECK((seen.flags[1] & GUARDS) == (in_one ? GUARDS : STATIC_CALL_KEY_SITE_INFO_GUARD));
	CHECK((seen.destination[0] == (void *)target) == in_four);
	CHECK((seen.destination[1] == (void *)target) == in_one);
}

/* The guard of this function as it is in memory. */
static unsigned char opcode(fn function)
{
	return *(unsigned char *)(((uintptr_t)function + 7) & ~7ul);
}

static void set(fn target)
{
	CHECK(!static_call_key_update(&key, target));
}

int main(void)
{
	static const fn all[] = { f1, f2, f3, f4, f5 };
	struct static_call_key_info info;
	unsigned char *far;
	struct seen seen;
	int from, to;

	CHECK(module.runtime);
	for (from = 0; from < 5; from++)
		for (to = 0; to < 5; to++) {
			set(all[from]);
			check(all[from], from < 4, from == 1);
			set(all[to]);
			check(all[to], to < 4, to == 1);
			key = all[from];
			static_call_key_rt_store(&key, sizeof(key));
			check(all[from], from < 4, from == 1);
			key = all[to];
			CHECK(!static_call_key_sync(&key, sizeof(key)));
			check(all[to], to < 4, to == 1);
		}
	set(f1);
	CHECK(opcode(four) == 0xa9 && opcode(one) == 0xe9);
	set(f2);
	CHECK(opcode(four) == 0xe9 && opcode(one) == 0xa9);

	/* a store that nobody followed: the guards, and the sites behind them */
	key = f5;
	CHECK(four(10) == 112 && one(10) == 112 && plain(10) == 12);
	CHECK(static_call_key_verify() == 5);
	CHECK(!static_call_key_query(&key, &info) && info.sites == 3 && info.stale == 5);
	seen = guards_of(&key);
	CHECK(seen.flags[0] == (GUARDS | STATIC_CALL_KEY_SITE_INFO_STALE));
	CHECK(seen.destination[0] == (void *)f2 && seen.destination[1] == (void *)f2);
	CHECK(!static_call_key_sync(&key, sizeof(key)));
	check(f5, 0, 0);

	/* out of reach: no direct call, but the slow path is right */
	far = mmap((void *)(((uintptr_t)main & ~4095ul) ^ 1l << 40), 4096,
		   PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(far != MAP_FAILED);
	memcpy(far, "\x48\x8d\x47\x64\xc3", 5); /* lea 100(%rdi),%rax; ret */
	set((fn)(uintptr_t)far);
	CHECK(four(10) == 110 && one(10) == 110 && static_call_key_verify() == 0);
	CHECK(!(guards_of(&key).flags[0] & STATIC_CALL_KEY_SITE_INFO_INLINED));
	CHECK(static_call_key_why(&key) == -ERANGE);
	set(NULL);
	CHECK(static_call_key_verify() == 0 && static_call_key_why(&key) == -ENODATA);
	CHECK(!(guards_of(&key).flags[0] & STATIC_CALL_KEY_SITE_INFO_INLINED));
	set(f3);
	check(f3, 1, 0);

	/* NULL as one of the functions, also the one that follows */
	CHECK(null_last(10) == 111 && null_only(10) == 11 && weak(10) == 11);
	CHECK(!static_call_key_update(&nullable, NULL) && !static_call_key_update(&silent, NULL));
	CHECK(null_last(10) == 100 && null_only(10) == 100 && weak(10) == 0);
	CHECK(opcode(null_only) == 0xa9 && opcode(null_last) == 0xe9 && opcode(weak) == 0xe9);
	seen = guards_of(&nullable);
	CHECK(seen.flags[0] == GUARDS && seen.flags[1] == GUARDS);
	CHECK(!seen.destination[0] && !seen.destination[1]);
	CHECK(guards_of(&silent).flags[0] == STATIC_CALL_KEY_SITE_INFO_GUARD);
	CHECK(static_call_key_verify() == 0 && !static_call_key_why(&nullable));
	CHECK(!static_call_key_query(&nullable, &info) && info.sites == 2 && info.patched == 2);
	CHECK(!static_call_key_update(&nullable, f2));
	CHECK(null_last(10) == 12 && null_only(10) == 12);

	/* as linked again, and back */
	set(f1);
	static_call_key_rt_unregister(&module);
	CHECK(opcode(four) == 0xe9 && four(10) == 11 && one(10) == 11);
	key = f4;
	CHECK(four(10) == 14 && one(10) == 14);
	CHECK(!static_call_key_rt_register(&module));
	check(f4, 1, 0);
	puts("ok");
	return 0;
}
