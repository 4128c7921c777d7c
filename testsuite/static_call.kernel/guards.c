// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A guard, written by hand so that every kernel's objtool follows it: it takes what an entry
 * of the exception table leads to for reachable.
 */
#include <linux/init.h>
#include <linux/linkage.h>
#include <static_call.h>
#include <asm/asm.h>

#include "test.h"

/* Inlined code adds 100. */
int sckt_guard_one(int x);
int sckt_guard_two(int x);
int sckt_guard_slow(int x);
int sckt_guarded(int x);

noinline int sckt_guard_one(int x)
{
	return x + 1;
}

noinline int sckt_guard_two(int x)
{
	return x + 2;
}

static noinline int three(int x)
{
	return x + 3;
}

int (*sckt_guard)(int) __static_call_keyed = sckt_guard_one;

noinline int sckt_guard_slow(int x)
{
	int r = sckt_guard(x);

	barrier();
	return r;
}

#define GUARD_ENTRY(flags, function, body)                     \
	"	.long .Lguard - .\n"                           \
	"	.long static_call_key_record.sckt_guard + " flags " - .\n" \
	"	.long .Lslow - .\n"                            \
	"	.long " function " - .\n"                      \
	"	.long " body "\n"

asm("	.pushsection .text\n"
    "	.p2align 4\n"
    "	.globl sckt_guarded\n"
    "	.type sckt_guarded, @function\n"
    "sckt_guarded:\n"
    "	nop\n"
    "	.p2align 3,,4\n"
    ".Lguard:\n"
    "	.byte 0xe9\n"
    "	.long .Lslow - . - 4\n"
    ".Lone:\n"
    "	leal 101(%rdi), %eax\n" ASM_RET
    ".Ltwo:\n"
    "	leal 102(%rdi), %eax\n" ASM_RET
    ".Lslow:\n"
    "	jmp sckt_guard_slow\n"
    "	int3\n"
    "	.size sckt_guarded, . - sckt_guarded\n"
    _ASM_EXTABLE(.Lguard, .Lone)
    _ASM_EXTABLE(.Lguard, .Ltwo)
    "	.popsection\n"
    "	.pushsection .rodata\n"
    "	.balign 8\n"
    ".Lfunctions:\n"
    "	.quad sckt_guard_one, sckt_guard_two\n"
    "	.popsection\n"
    "	.pushsection static_call_key_guards, \"ao\", @progbits, sckt_guarded\n"
    "	.balign 4\n"
    GUARD_ENTRY("1", ".Lfunctions", "0")
    GUARD_ENTRY("0", ".Lfunctions + 8", ".Ltwo - .")
    "	.popsection\n");

/* ---- tests ---- */

/* The guard itself. */
static int find_guard(const struct static_call_key_site_info *info, void *data)
{
	if (!(info->flags & STATIC_CALL_KEY_SITE_INFO_GUARD))
		return 0;
	*(struct static_call_key_site_info *)data = *info;
	return 1;
}

static bool leads_to(const void *function, bool inlined)
{
	struct static_call_key_site_info info = { 0 };
	struct static_call_key_info key;

	sckt_expect(static_call_key_for_each_site(&sckt_guard, find_guard, &info) == 1);
	sckt_expect(!!(info.flags & STATIC_CALL_KEY_SITE_INFO_INLINED) == inlined);
	sckt_expect((info.destination == function) == inlined);
	sckt_expect(static_call_key_query(&sckt_guard, &key) == 0);
	sckt_expect(key.sites == 1 && key.patched == 1 && key.stale == 0);
	sckt_expect(static_call_key_why(&sckt_guard) == 0 && static_call_key_verify() == 0);
	return true;
}

static bool guards(void)
{
	int i;

	sckt_expect(leads_to(sckt_guard_one, true) && sckt_guarded(10) == 111);
	for (i = 0; i < 3; i++) {
		sckt_expect(static_call_key_update(&sckt_guard, sckt_guard_two) == 0);
		sckt_expect(leads_to(sckt_guard_two, true) && sckt_guarded(10) == 112);
		sckt_expect(static_call_key_update(&sckt_guard, sckt_guard_one) == 0);
		sckt_expect(leads_to(sckt_guard_one, true) && sckt_guarded(10) == 111);
		sckt_expect(static_call_key_update(&sckt_guard, three) == 0);
		sckt_expect(leads_to(three, false) && sckt_guarded(10) == 13);
		sckt_expect(static_call_key_update(&sckt_guard, i & 1 ? sckt_guard_one
								      : sckt_guard_two) == 0);
	}
	sckt_store_unseen(&sckt_guard, sckt_guard_one);
	sckt_expect(sckt_guarded(10) == 112 && static_call_key_verify() == 2);
	sckt_expect(static_call_key_sync(&sckt_guard, sizeof(sckt_guard)) == 0);
	sckt_expect(leads_to(sckt_guard_one, true) && sckt_guarded(10) == 111);
	return true;
}

/* The form of a guard that leads to what follows it: a no-op where that can be written. */
static bool guard_is(const u8 *form)
{
	struct static_call_key_site_info info = { 0 };

	sckt_expect(sckt_guard == sckt_guard_one);
	sckt_expect(static_call_key_for_each_site(&sckt_guard, find_guard, &info) == 1);
	return !memcmp(info.site, form, 5);
}

static bool guard_nop(void)
{
	static const u8 form[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };

	return guard_is(form);
}

static bool guard_jump(void)
{
	static const u8 form[] = { 0xe9, 0, 0, 0, 0 };

	return guard_is(form);
}

static const struct sckt_test tests[] = {
	{ "guards", guards },
	{ "guard_nop", guard_nop },
	{ "guard_jump", guard_jump },
};
SCKT_TESTS(tests);

static int __init guards_init(void)
{
	return 0;
}

static void __exit guards_exit(void)
{
}

module_init(guards_init);
module_exit(guards_exit);
MODULE_DESCRIPTION("static_call: guards");
MODULE_LICENSE("GPL");
