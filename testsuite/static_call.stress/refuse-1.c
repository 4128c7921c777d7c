/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Negative control: sites that are not as the plugin writes them, made by hand.
 * The runtime must refuse to patch them, and the calls must still follow the key.
 */
/* { dg-do run } */
/* { dg-final { check-static-call-not } } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x);
}

/*
 * A site whose instruction starts skip bytes after a 64-byte boundary, with
 * its entry in the table.
 */
#define MISALIGNED(name, skip, instruction)					\
	int name(int x);							\
	asm(".pushsection .text." #name ",\"ax\",@progbits\n"			\
	    ".p2align 6\n"							\
	    ".skip 64 - 4\n"							\
	    ".globl " #name "\n"						\
	    ".hidden " #name "\n"						\
	    ".type " #name ", @function\n"					\
	    #name ": subq $8, %rsp\n"						\
	    ".skip " #skip ", 0x90\n"						\
	    #instruction "\n"							\
	    "9: addq $8, %rsp\n"						\
	    "ret\n"								\
	    ".size " #name ", . - " #name "\n"					\
	    ".pushsection static_call_key_sites,\"ao\",@progbits," #name "\n"	\
	    ".balign 4\n"							\
	    ".long 9b - 5 - .\n"						\
	    ".long static_call_key_record.key - .\n"				\
	    ".popsection\n"							\
	    ".popsection\n")

MISALIGNED(fits, 8, call static_call_key_trampoline.key);
MISALIGNED(fits_last, 11, call static_call_key_trampoline.key);
MISALIGNED(crosses_8, 12, call static_call_key_trampoline.key);
MISALIGNED(crosses_16, 14, call static_call_key_trampoline.key);
MISALIGNED(crosses_32, 29, call static_call_key_trampoline.key);
MISALIGNED(crosses_64, 62, call static_call_key_trampoline.key);
MISALIGNED(no_call, 16, .byte 0x0f; .byte 0x1f; .byte 0x44; .byte 0; .byte 0);
MISALIGNED(other_call, 16, call other_target);

asm(".pushsection .text\n"
    ".type other_target, @function\n"
    "other_target: leal 77(%rdi), %eax\n"
    "ret\n"
    ".size other_target, . - other_target\n"
    ".popsection\n");

struct found {
	int (*fn)(int);
	unsigned int good, refused;
};

static int see(const struct static_call_key_site_info *info, void *data)
{
	struct found *found = (struct found *)data;
	const unsigned char *p = (const unsigned char *)info->site;

	if (info->flags & STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE) {
		found->refused++;
		CHECK(!(info->flags & STATIC_CALL_KEY_SITE_INFO_STALE));
		/* It is untouched: it leads where the linker let it. */
		CHECK(check_destination(p) != (void *)found->fn || p[0] != 0xe8);
	} else {
		found->good++;
		CHECK(((uintptr_t)p & 7) <= 3);
		CHECK(check_destination(p) == (void *)found->fn);
	}
	return 0;
}

static void check(int (*fn)(int))
{
	struct found found = { fn, 0, 0 };
	struct static_call_key_info info;

	CHECK(static_call_key_for_each_site(&key, see, &found) == 0);
	CHECK(found.good == 3 && found.refused == 6);
	CHECK(static_call_key_query(&key, &info) == 0);
	CHECK(info.sites == 9 && info.stale == 0);
	CHECK(static_call_key_verify() == 0);
	CHECK(work(5) == fn(5) && fits(5) == fn(5) && fits_last(5) == fn(5));
	CHECK(crosses_8(5) == fn(5) && crosses_16(5) == fn(5));
	CHECK(crosses_32(5) == fn(5) && crosses_64(5) == fn(5));
	CHECK(other_call(5) == 82);
}

int main(void)
{
	check(one);
	CHECK(static_call_key_update(&key, two) == 0);
	check(two);
	key = one;
	check(one);
	return 0;
}
