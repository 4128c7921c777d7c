/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables with random damage: the module is refused, or some of its sites are left
 * alone, and nothing crashes. Where it is the descriptor that is damaged, or a table that says
 * nothing of code, calls are right.
 *
 *	tables-2 [COUNT [SEED [NUMBER]]]
 */
#include "sites.h"

#include "damage.h"

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
BODY(more, "lea 1(%rdi), %rax", "lea 1(%rdi), %rax");
BODY(same, "mov %rdi, %rax", "mov %rdi, %rax");
long more(long), same(long);
long call_key(long), tail_key(long), call_key2(long), guarded(long), guarded2(long);
MODULE

/* The tables that the assembler part does not have. */
static struct static_call_key_target clobbers[] = {
	{ .target = (uintptr_t)f1, .clobbers = { 1, STATIC_CALL_KEY_CLOBBERS_KNOWN } },
	{ .target = (uintptr_t)f2, .clobbers = { 3, STATIC_CALL_KEY_CLOBBERS_KNOWN } },
};
static struct static_call_key_object objects[] = {
	{ (uintptr_t)&key, sizeof(key) }, { (uintptr_t)&key2, sizeof(key2) },
};
static struct static_call_key_offer offers[] = {
	{ .key = (uintptr_t)&key, .target = (uintptr_t)f1, .key_name = (uintptr_t)"key",
	  .name = (uintptr_t)"f1", .priority = 1 },
	{ .key = (uintptr_t)&key, .target = (uintptr_t)f1, .key_name = (uintptr_t)"key",
	  .name = (uintptr_t)"f1", .priority = 2 },
};

#define TELL(table, array)							\
	(module.table##_start = (uintptr_t)(array),				\
	 module.table##_stop = (uintptr_t)(array) + sizeof(array))

enum { MODULE_, RECORDS, GUARDS, SITES, TARGETS, OBJECTS, BODIES, OFFERS, KINDS };

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

/* What the runtime cannot look at, as it is for the program to know, stays right. */
static void damage_offers(void)
{
	unsigned int i;

	damage(offers, sizeof(offers));
	for (i = 0; i < 2; i++) {
		offers[i].key = (uintptr_t)&key;
		offers[i].target = (uintptr_t)f1;
		offers[i].predicate = 0;
	}
}

static void damage_one(const struct static_call_key_module *m, int what)
{
	switch (what) {
	case MODULE_:
		damage(&module, sizeof(module));
		break;
	case RECORDS:
		damage((void *)m->records_start, m->records_stop - m->records_start);
		break;
	case GUARDS:
		damage((void *)m->guards_start, m->guards_stop - m->guards_start);
		break;
	case SITES:
		damage((void *)m->sites_start, m->sites_stop - m->sites_start);
		break;
	case TARGETS:
		damage(clobbers, sizeof(clobbers));
		break;
	case OBJECTS:
		damage(objects, sizeof(objects));
		break;
	case BODIES:
		damage((void *)m->bodies_start, m->bodies_stop - m->bodies_start);
		break;
	default:
		damage_offers();
	}
}

static void try_one(int what)
{
	struct static_call_key_module m = module;
	size_t n = 1 + number() % 3;
	int err;

	for (; n; n--)
		damage_one(&m, what);
	err = static_call_key_rt_register(&module);
	static_call_key_verify();
	static_call_key_for_each(see_key, NULL);
	static_call_key_for_each_site(&key, see_site, NULL);
	static_call_key_why(&key);
	/* A function that is damaged cannot be called; but it can come and go. */
	if (what == BODIES) {
		static_call_key_update(&key, more);
		static_call_key_update(&key, same);
		static_call_key_verify();
	}
	if (err || (what != RECORDS && what != GUARDS && what != SITES && what != BODIES)) {
		CHECK(!static_call_key_update(&key, f1) && key == f1);
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
	make_writable(module.sites_start, module.sites_stop);
	make_writable(module.guards_start, module.guards_stop);
	make_writable(module.bodies_start, module.bodies_stop);
	TELL(targets, clobbers);
	TELL(objects, objects);
	TELL(offers, offers);
	return try_all(argc, argv, KINDS);
}
