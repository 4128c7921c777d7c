/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Many keys, whose sites lie among each other, change at once: when their module comes and goes,
 * and by one update. What is not as it should be is treated as it is where one key changes: a
 * site under a breakpoint, one that holds something else, one that crosses a quadword, pages
 * that were dropped.
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "sites.h"

#define KEYS	16
#define ROUNDS	64

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }

#define ALL(x) x(0) x(1) x(2) x(3) x(4) x(5) x(6) x(7) x(8) x(9) x(10) x(11) x(12) x(13) x(14) x(15)
#define K(n) fn k##n = f1;
ALL(K)
fn k_null, k_crossing = f1;
#define RECORD_OF(n) KEY(k##n, 0);
ALL(RECORD_OF)
KEY_NULL(k_null, 3);
KEY(k_crossing, 0);

#define KEY_OF(n) &k##n,
static fn *const keys[KEYS] = { ALL(KEY_OF) };

/* %rbx: what is added up for each key. */
#define SITE_OF(n) "mov %r12, %rdi\n .p2align 3,,4\n call static_call_key_trampoline.k" #n "\n 771:\n" \
	ENTRY(k##n, 0) "add %rax, 8*" #n "(%rbx)\n .nops 40\n"
FUNCTION(all, "push %rbx\n push %r12\n sub $8, %rsp\n mov %rdi, %r12\n mov %rsi, %rbx\n"
	 ".rept " STR(ROUNDS) "\n" ALL(SITE_OF) ".endr\n"
	 "add $8, %rsp\n pop %r12\n pop %rbx\n ret\n");
SITE_CALL(call_null, k_null);
/* As a linker might leave it that moves code: not in one quadword. */
SITE_CROSSING(call_crossing, k_crossing);
void all(long, long *);
long call_null(long), call_crossing(long);
MODULE

static unsigned char *site_of(int key, size_t n)
{
	return (unsigned char *)(uintptr_t)site_nth(keys[key], n).site;
}

static void poke(unsigned char *at, unsigned char byte)
{
	uintptr_t page = (uintptr_t)at & ~4095ul;

	CHECK(!mprotect((void *)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC));
	*at = byte;
	CHECK(!mprotect((void *)page, 4096, PROT_READ | PROT_EXEC));
}

/* All calls reach what their keys hold, and so many sites of them are patched. */
static void check(size_t patched)
{
	long sums[KEYS] = { 0 };
	struct static_call_key_info info;
	size_t sum = 0;
	int i;

	all(0, sums);
	for (i = 0; i < KEYS; i++) {
		CHECK(sums[i] == ROUNDS * (*keys[i])(0));
		CHECK(!static_call_key_query(keys[i], &info) && info.sites == ROUNDS);
		CHECK(!info.stale);
		sum += info.patched;
	}
	CHECK(sum == patched);
	CHECK(call_null(5) == (k_null ? k_null(5) : 0) && call_crossing(0) == k_crossing(0));
	CHECK(static_call_key_verify() == 0);
}

static int update_all(fn target)
{
	struct static_call_key_change c[KEYS + 1];
	int i;

	for (i = 0; i < KEYS; i++)
		c[i] = (struct static_call_key_change){ keys[i], (static_call_key_fn)target };
	c[KEYS] = (struct static_call_key_change){ &k_null, (static_call_key_fn)target };
	return static_call_key_update_many(c, KEYS + 1);
}

static int all_as(unsigned char *code, const unsigned char *copy, size_t bytes)
{
	return !memcmp(code, copy, bytes);
}

/* Known before anything is opened: there is no room for text that is writable. */
static void check_refused(void)
{
	struct rlimit none = { 4096, 4096 };
	int status;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		CHECK(!setrlimit(RLIMIT_DATA, &none));
		_exit(update_all(f2) == -EILSEQ ? 0 : 1);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status);
}

int main(void)
{
	static unsigned char linked[0x40000], patched[0x40000];
	unsigned char *code = (unsigned char *)(uintptr_t)all, *odd, *trap;
	size_t bytes = (unsigned char *)(uintptr_t)call_null - code;
	struct static_call_key_info info;

	CHECK(bytes < sizeof(linked));
	memcpy(linked, code, bytes);
	CHECK(!static_call_key_rt_register(&module));
	check(KEYS * ROUNDS);
	CHECK(!static_call_key_query(&k_crossing, &info) && info.sites == 1 && info.patched == 0);
	CHECK(!update_all(f2));
	check(KEYS * ROUNDS);
	k_crossing = f2;
	static_call_key_rt_store(&k_crossing, sizeof(k_crossing));
	check(KEYS * ROUNDS);

	/* Dropped pages are patched again, with all others. */
	CHECK(!madvise((void *)(((uintptr_t)code + 8191) & ~4095ul), 8192, MADV_DONTNEED));
	CHECK(static_call_key_verify() == 0);
	CHECK(!update_all(f1));
	check(KEYS * ROUNDS);

	/* One site of one key holds what nobody knows: nothing changes. */
	memcpy(patched, code, bytes);
	odd = site_of(7, 30);
	poke(odd, 0x90);
	CHECK(update_all(f2) == -EILSEQ);
	check_refused();
	poke(odd, 0xe8);
	CHECK(all_as(code, patched, bytes) && k0 == f1 && k15 == f1);
	check(KEYS * ROUNDS);

	/* A breakpoint stays, and what is under it changes. */
	trap = site_of(3, 11);
	poke(trap, 0xcc);
	CHECK(!update_all(f2));
	CHECK(*trap == 0xcc);
	poke(trap, 0xe8);
	check(KEYS * ROUNDS);

	/* The module goes, and comes back with such sites. */
	static_call_key_rt_unregister(&module);
	CHECK(all_as(code, linked, bytes));
	poke(odd, 0x90);
	poke(trap, 0xcc);
	CHECK(!static_call_key_rt_register(&module));
	CHECK(*odd == 0x90 && *trap == 0xcc);
	CHECK(all_as(odd + 1, linked + (odd + 1 - code), 4));
	poke(odd, 0xe8);
	poke(trap, 0xe8);
	check(KEYS * ROUNDS - 1);
	CHECK(!static_call_key_query(&k7, &info) && info.patched == ROUNDS - 1);
	CHECK(!update_all(f1));
	check(KEYS * ROUNDS - 1);
	static_call_key_rt_unregister(&module);
	CHECK(all_as(code, linked, bytes));

	/* Nothing is written where all leads as linked: keys that hold NULL. */
	update_all(NULL);
	CHECK(!static_call_key_rt_register(&module) && all_as(code, linked, bytes));
	puts("ok");
	return 0;
}
