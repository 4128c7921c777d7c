/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program drops its private pages of text: sites are as linked again. They are right
 * whatever the key holds, and patched again by the next change of it; in a forked
 * child, too, and by a plain store.
 */
#include <sys/mman.h>
#include <sys/wait.h>

#include "sites.h"

#define PAGE __asm__(".pushsection .text,\"ax\",@progbits\n .p2align 12\n .popsection\n")

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
long f3(long x) { return x + 3; }
fn key = f1, nullable = f1;
KEY(key, 0);
KEY_NULL(nullable, 1);
PAGE;
SITE_CALL(call_key, key);
SITE_TAIL(tail_null, nullable, 0);
PAGE;
SITE_TAIL(tail_key, key, 0);
SITE_CALL(call_null, nullable);
PAGE;
/* Inlined code adds 100. */
fn guard = f1;
KEY(guard, 0);
GUARD_FUNCTION(f1);
GUARD_FUNCTION(f2);
FUNCTION(guarded, GUARD
	 GUARD_ENTRY(guard, 1, GUARD_OF(f1), "0")
	 GUARD_ENTRY(guard, 0, GUARD_OF(f2), "773f - .")
	 "lea 101(%rdi), %rax\n ret\n 773: lea 102(%rdi), %rax\n ret\n"
	 /* Its slow path is in another page, as GCC puts it there. */
	 ".p2align 12\n" GUARD_SLOW(guard));
PAGE;
long call_key(long), tail_key(long), call_null(long), tail_null(long), guarded(long);
MODULE_AUTO

static void drop(fn function)
{
	CHECK(!madvise((void *)((uintptr_t)function & ~4095ul), 4096, MADV_DONTNEED));
}

static void check(fn target, size_t patched)
{
	struct static_call_key_info info;

	CHECK(call_key(0) == target(0) && tail_key(0) == target(0));
	CHECK(static_call_key_verify() == 0);
	CHECK(!static_call_key_query(&key, &info));
	CHECK(info.sites == 2 && info.patched == patched && info.stale == 0);
}

/* The guard was dropped: calls go the slow way, and that is right. */
static void check_guards(void)
{
	struct static_call_key_info info;

	CHECK(guarded(0) == 101);
	drop(guarded);
	CHECK(guarded(0) == 1 && static_call_key_verify() == 0);
	CHECK(static_call_key_why(&guard) == -EAGAIN);
	CHECK(!static_call_key_query(&guard, &info) && info.patched == 1 && info.stale == 0);
	CHECK(!static_call_key_update(&guard, f2));
	CHECK(guarded(0) == 102 && static_call_key_why(&guard) == 0);
	drop(guarded);
	guard = f1;
	static_call_key_rt_store(&guard, sizeof(guard));
	CHECK(guarded(0) == 101);
	drop(guarded);
	CHECK(!static_call_key_update(&guard, f3));
	CHECK(guarded(0) == 3 && static_call_key_verify() == 0 && !static_call_key_why(&guard));
	CHECK(!static_call_key_update(&guard, f1));
	CHECK(guarded(0) == 101);
}

static void wait_for_child(pid_t pid)
{
	int status;

	CHECK(waitpid(pid, &status, 0) == pid && !status);
}

int main(void)
{
	struct static_call_key_info info;
	pid_t pid;

	CHECK(module.runtime);
	check(f1, 2);
	CHECK(!static_call_key_why(&key));
	drop(call_key);
	check(f1, 1);
	CHECK(static_call_key_why(&key) == -EAGAIN);
	CHECK(!static_call_key_update(&key, f2));
	check(f2, 2);
	CHECK(!static_call_key_why(&key));
	drop(call_key), drop(tail_key);
	check(f2, 0);
	/* to what it holds already */
	CHECK(!static_call_key_update(&key, f2));
	check(f2, 2);

	/* stores */
	drop(tail_key);
	key = f3;
	CHECK(static_call_key_verify() == 1);
	static_call_key_rt_store(&key, sizeof(key));
	check(f3, 2);
	drop(call_key);
	key = f1;
	CHECK(!static_call_key_sync(&key, sizeof(key)));
	check(f1, 2);

	check_guards();

	/* no-ops */
	CHECK(!static_call_key_update(&nullable, NULL));
	call_null(0), tail_null(0);
	drop(call_null), drop(tail_null);
	call_null(0), tail_null(0);
	CHECK(static_call_key_verify() == 0);
	CHECK(!static_call_key_query(&nullable, &info) && info.patched == 0);
	CHECK(!static_call_key_update(&nullable, f3));
	CHECK(call_null(0) == 3 && tail_null(0) == 3);
	CHECK(!static_call_key_query(&nullable, &info) && info.patched == 2);

	/* The pages of key's sites were the same. */
	check(f1, 0);
	CHECK(!static_call_key_update(&key, f1));
	check(f1, 2);

	pid = fork();
	if (!pid) {
		drop(call_key);
		check(f1, 1);
		CHECK(!static_call_key_update(&key, f2));
		check(f2, 2);
		drop(tail_key);
		static_call_key_rt_unregister(&module);
		CHECK(call_key(0) == 2 && tail_key(0) == 2);
		CHECK(!static_call_key_rt_register(&module));
		check(f2, 2);
		_exit(0);
	}
	wait_for_child(pid);
	check(f1, 2);
	puts("ok");
	return 0;
}
