/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Another store to a key after each of the reads that a sync makes: no site may lead to
 * a target that the key does not accept, whichever of the two the runtime has checked.
 *
 * The keys have a page of their own that is closed during the sync. Each access faults,
 * is let through as a single step, and the page is closed again; a handler stores, as
 * another thread might at that moment.
 */
/* { dg-do run } */
#define _GNU_SOURCE
#include "check.h"
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#define PAGE      4096
#define TRAP_FLAG 0x100

typedef int quiet_fn(int) STATIC_CALL_KEY_CLOBBERS("rax");

static quiet_fn one, two;

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

/* It may change whatever the ABI lets it change. */
NOIPA static int loud(int x)
{
	return x - 1;
}

struct keys {
	quiet_fn *first, *second;
	char rest[PAGE - 2 * sizeof(quiet_fn *)];
};

struct keys keys STATIC_CALL_KEY __attribute__((aligned(PAGE))) = { .first = one, .second = one };

static quiet_fn **victim;
static volatile sig_atomic_t accesses, last; /* the store comes after the last one */

NOIPA int work(int x)
{
	return keys.first(x) + 100 * keys.second(x);
}

/* The plugin follows no store through an integer. */
NOIPA void hidden_store(uintptr_t to, int (*fn)(int))
{
	asm volatile("movq %1, (%0)" : : "r"(to), "r"(fn) : "memory");
}

static void protect(int protection)
{
	CHECK(mprotect(&keys, sizeof(keys), protection) == 0);
}

static void before_access(int number, siginfo_t *info, void *context)
{
	uintptr_t offset = (uintptr_t)info->si_addr - (uintptr_t)&keys;
	ucontext_t *c = (ucontext_t *)context;

	(void)number;
	CHECK(offset < sizeof(keys));
	protect(PROT_READ | PROT_WRITE);
	c->uc_mcontext.gregs[REG_EFL] |= TRAP_FLAG;
}

static void after_access(int number, siginfo_t *info, void *context)
{
	ucontext_t *c = (ucontext_t *)context;

	(void)number;
	(void)info;
	c->uc_mcontext.gregs[REG_EFL] &= ~TRAP_FLAG;
	if (++accesses == last)
		hidden_store((uintptr_t)victim, loud);
	else
		protect(PROT_NONE);
}

static void handle(int number, void (*fn)(int, siginfo_t *, void *))
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = fn;
	action.sa_flags = SA_SIGINFO;
	CHECK(sigaction(number, &action, NULL) == 0);
}

static int get_destination(const struct static_call_key_site_info *info, void *data)
{
	*(const void **)data = check_destination((const unsigned char *)info->site);
	return 0;
}

/* Where the one site of the key leads. */
static const void *destination(quiet_fn **key)
{
	const void *to = NULL;

	CHECK(static_call_key_for_each_site(key, get_destination, &to) == 0);
	return to;
}

/* False if the sync was over before so many accesses. */
static int race(quiet_fn **key, quiet_fn **other, int after)
{
	const void *to;
	int err;

	CHECK(static_call_key_update(key, one) == 0);
	CHECK(static_call_key_update(other, one) == 0);
	CHECK_KEY(key, one);
	CHECK_KEY(other, one);
	hidden_store((uintptr_t)key, two);
	hidden_store((uintptr_t)other, two);

	victim = key;
	accesses = 0;
	last = after;
	protect(PROT_NONE);
	err = static_call_key_sync(&keys, sizeof(keys));
	protect(PROT_READ | PROT_WRITE);

	if (accesses < after) {
		CHECK(accesses && !err);
		CHECK_KEY(key, two);
		CHECK_KEY(other, two);
		return 0;
	}
	CHECK((void *)*key == (void *)loud);
	CHECK(!err || err == -EOPNOTSUPP);
	/* All has changed or nothing, but for a key that is not yet where it will be. */
	CHECK(destination(other) == (err ? (void *)one : (void *)two));
	to = destination(key);
	CHECK(to == (void *)one || (!err && to == (void *)two));

	/* The sync that is due after the second store. */
	CHECK(static_call_key_sync(key, sizeof(*key)) == -EOPNOTSUPP);
	CHECK(destination(key) == to);
	return 1;
}

int main(void)
{
	int after;

	handle(SIGSEGV, before_access);
	handle(SIGTRAP, after_access);
	for (after = 1; race(&keys.first, &keys.second, after); after++)
		;
	for (after = 1; race(&keys.second, &keys.first, after); after++)
		;
	CHECK(work(5) == 1010);
	return 0;
}
