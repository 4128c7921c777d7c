/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guards that do not add up: the module is refused, and its calls go the slow way; or a
 * guard that is not as the plugin writes it is left alone.
 */
#include <sys/mman.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1, other = f1;
KEY(key, 0);
KEY(other, 0);
GUARD_FUNCTION(f1);
GUARD_FUNCTION(f2);
/* Inlined code adds 100. */
FUNCTION(two, GUARD
	 GUARD_ENTRY(key, 1, GUARD_OF(f1), "0")
	 GUARD_ENTRY(key, 0, GUARD_OF(f2), "773f - .")
	 "lea 101(%rdi), %rax\n ret\n 773: lea 102(%rdi), %rax\n ret\n" GUARD_SLOW(key));
FUNCTION(four, GUARD
	 GUARD_ENTRY(key, 1, GUARD_OF(f1), "0")
	 GUARD_ENTRY(key, 1, GUARD_OF(f2), "773f - .")
	 GUARD_ENTRY(key, 1, "0", "774f - .")
	 GUARD_ENTRY(key, 0, "0", "774f - .")
	 "lea 101(%rdi), %rax\n ret\n 773: lea 102(%rdi), %rax\n ret\n 774: ud2\n"
	 GUARD_SLOW(key));
/* guards that are not as they should be */
FUNCTION(crossing, ".p2align 4\n .nops 4\n 772: .byte 0xe9\n .long 779f - . - 4\n"
	 GUARD_ENTRY(key, 0, GUARD_OF(f1), "0")
	 "lea 101(%rdi), %rax\n ret\n" GUARD_SLOW(key));
FUNCTION(elsewhere, ".p2align 3,,4\n 772: .byte 0xe9\n .long 778f - . - 4\n"
	 GUARD_ENTRY(key, 0, GUARD_OF(f1), "0")
	 "lea 101(%rdi), %rax\n ret\n 778: nop\n" GUARD_SLOW(key));
FUNCTION(no_branch, ".p2align 3,,4\n 772: .nops 5\n jmp 779f\n"
	 GUARD_ENTRY(key, 0, GUARD_OF(f1), "0") GUARD_SLOW(key));
long two(long), four(long), crossing(long), elsewhere(long), no_branch(long);
MODULE

#define G	((struct static_call_key_guard *)module.guards_start)

static int all_at(long n)
{
	return two(0) == n && four(0) == n && crossing(0) == n && elsewhere(0) == n &&
	       no_branch(0) == n;
}

#define REFUSED(lvalue, value, error) do {					\
	__typeof__(lvalue) old_ = (lvalue);					\
	(lvalue) = (value);							\
	CHECK(static_call_key_rt_register(&module) == (error));			\
	(lvalue) = old_;							\
	CHECK(module.runtime == 0 && all_at(1));				\
} while (0)

/* The field of an entry that leads to this place. */
#define TO(field, place) ((int32_t)((uintptr_t)(place) - (uintptr_t)&(field)))

static int unpatchable(const struct static_call_key_site_info *info, void *data)
{
	int *n = data;

	*n += !!(info->flags & STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE);
	CHECK(!(info->flags & STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE) ||
	      info->flags & STATIC_CALL_KEY_SITE_INFO_GUARD);
	return 0;
}

int main(void)
{
	struct static_call_key_module m0 = module;
	uintptr_t page = module.guards_start & ~4095ul;
	struct static_call_key_guard last;
	int n = 0;
	char *hole;

	CHECK(!mprotect((void *)page, module.guards_stop - page, PROT_READ | PROT_WRITE));
	CHECK(all_at(1));
	hole = mmap((void *)(((uintptr_t)two & ~4095ul) + (64 << 20)), 4096, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(hole != MAP_FAILED);
	/* the table */
	REFUSED(module.guards_stop, module.guards_start - sizeof(*G), -EINVAL);
	REFUSED(module.guards_stop, module.guards_stop - 1, -EINVAL);
	REFUSED(module.guards_start, module.guards_start + 2, -EINVAL);
	REFUSED(module.guards_start, 0, -EINVAL);
	REFUSED(module.guards_stop, module.guards_start + sizeof(*G), -EINVAL); /* more, but not there */
	module.guards_start = (uintptr_t)hole;
	REFUSED(module.guards_stop, module.guards_start + sizeof(*G), -EINVAL);
	module = m0;
	/* what nobody reads yet */
	module.bodies_start = module.offers_start = (uintptr_t)&m0 & ~7ul;
	module.bodies_stop = module.bodies_start + 16;
	module.offers_stop = module.offers_start + 32;
	REFUSED(module.bodies_stop, module.bodies_start + 8, -EINVAL);
	REFUSED(module.offers_stop, module.offers_start + 16, -EINVAL);
	module = m0;
	/* records and flags */
	REFUSED(G[0].record, G[0].record + 2, -EINVAL);
	REFUSED(G[0].record, G[0].record + 0x20, -EINVAL);
	REFUSED(G[1].record, G[1].record + 2, -EINVAL);
	REFUSED(G[6].record, G[6].record + 64 * 2, -EINVAL);
	REFUSED(G[6].record, 0x7fffffff, -EINVAL);
	REFUSED(G[6].record, -0x7fffffff, -EINVAL);
	/* entries that do not belong together, and too many of them */
	REFUSED(G[1].site, G[1].site + 8, -EINVAL);
	REFUSED(G[1].record, G[1].record + 64, -EINVAL);
	REFUSED(G[1].slow, G[1].slow + 1, -EINVAL);
	REFUSED(G[1].record, G[1].record + 1, -EINVAL); /* more, but the next is another */
	REFUSED(G[8].record, G[8].record + 1, -EINVAL); /* more, at the end */
	/* where they lead */
	REFUSED(G[0].slow, 0, -EINVAL);
	REFUSED(G[6].slow, TO(G[6].slow, hole), -EFAULT);
	REFUSED(G[6].slow, TO(G[6].slow, &key), -EFAULT);
	REFUSED(G[6].slow, 0x7fffffff, -EINVAL); /* out of reach */
	REFUSED(G[0].body, TO(G[0].body, hole), -EFAULT);
	REFUSED(G[0].body, TO(G[0].body, &key), -EFAULT);
	REFUSED(G[0].body, -0x7fffffff, -EFAULT);
	REFUSED(G[1].target, TO(G[1].target, hole), -EFAULT);
	REFUSED(G[1].target, G[1].target + 4, -EINVAL);
	REFUSED(G[6].site, TO(G[6].site, hole), -EFAULT);
	REFUSED(G[6].site, TO(G[6].site, &key), -EFAULT);

	/* five entries of one guard */
	last = G[6];
	G[6] = G[5];
	G[6].site -= sizeof(*G), G[6].record -= sizeof(*G), G[6].slow -= sizeof(*G);
	G[6].body -= sizeof(*G);
	REFUSED(G[5].record, G[5].record + 1, -EINVAL);
	G[6] = last;

	CHECK(!static_call_key_rt_register(&module) && module.runtime);
	CHECK(two(0) == 101 && four(0) == 101);
	CHECK(crossing(0) == 1 && elsewhere(0) == 1 && no_branch(0) == 1);
	CHECK(!static_call_key_for_each_site(&key, unpatchable, &n) && n == 3);
	CHECK(static_call_key_why(&key) == -EILSEQ && static_call_key_verify() == 0);
	CHECK(!static_call_key_update(&key, f2));
	CHECK(two(0) == 102 && four(0) == 102);
	CHECK(crossing(0) == 2 && elsewhere(0) == 2 && no_branch(0) == 2);
	CHECK(static_call_key_verify() == 0);
	static_call_key_rt_unregister(&module);
	CHECK(all_at(2));
	puts("ok");
	return 0;
}
