/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions that stand in the site. Which bytes a site has for each kind of code; what is
 * no body; keys that come and go from one to the other, calls being right all the time; and
 * modules that bring the bodies of functions that keys hold already.
 *
 * With an argument: the environment says that there are to be none.
 */
#include <sys/mman.h>

#include "sites.h"

typedef long (*fn)(long, long *);

/* What a function does with (10, &word), and what a site has in its place; NULL: a call. */
#define BODIES(X)									\
	X(none, "", "", 10, "a9")							\
	X(seven, "mov $7, %eax", "mov $7, %eax", 7, "b8 07 00 00 00")			\
	X(zero, "xor %eax, %eax", "xor %eax, %eax", 0, "2e 2e 2e 31 c0")		\
	X(same, "mov %rdi, %rax", "mov %rdi, %rax", 10, "2e 2e 48 89 f8")		\
	X(more, "lea 0x11(%rdi), %rax", "lea 0x11(%rdi), %rax", 27, "2e 48 8d 47 11")	\
	X(load, "mov (%rsi), %rax", "mov (%rsi), %rax", 99, "2e 2e 48 8b 06")		\
	X(count, "lock xadd %edi, (%rsi)", "lock xadd %edi, (%rsi)", 10, "2e f0 0f c1 3e") \
	X(vector, "vmovd %edi, %xmm0", "vmovd %edi, %xmm0", 10, "2e c5 f9 6e c7")	\
	X(base, "add 8(%rsi), %rdi", "add 8(%rsi), %rdi", 10, "2e 48 03 7e 08")		\
	X(high, "mov %r12, %r12", "mov %r12, %r12", 10, "2e 2e 4d 89 e4")		\
	X(fixed, "mov %gs:(%rdi), %eax", "mov %fs:8(%rax), %ax", -1, "64 66 8b 40 08")	\
	/* no bodies */									\
	X(two, "cmc; clc", "cmc; clc", 10, NULL)					\
	X(flags, "pushf; pop %rax", "pushf; pop %rax", -1, NULL)			\
	X(pushed, "lea -8(%rsp), %rax", "push %rax", -1, NULL)				\
	X(popped, "nop", "pop %rax; push %rax", 10, NULL)				\
	X(stack, "mov %rsp, %rax", "mov %rsp, %rax", -1, NULL)				\
	X(back, "mov (%rsp), %rax", "mov (%rsp), %rax", -1, NULL)			\
	X(here, "lea 0(%rip), %rax", "lea 0(%rip), %rax", -1, NULL)			\
	X(longer, "mov $-1, %rax", "mov $-1, %rax", -1, NULL)				\
	X(jump, "nop", ".byte 0xeb, 0xfe" /* jmp . */, 10, NULL)			\
	X(ret, "nop", "ret", 10, NULL)							\
	X(caller, "nop", "call *%rax", 10, NULL)					\
	X(string, "nop", "rep stosb", 10, NULL)						\
	X(trap, "nop", "ud2", 10, NULL)							\
	X(breaks, "nop", "int3", 10, NULL)						\
	X(segment, "nop", "mov %gs:(%rdi), %eax", 10, NULL)				\
	X(part, "nop", ".byte 0x48", 10, NULL)						\
	X(unknown, "nop", ".byte 0x62, 0, 0, 0, 0", 10, NULL)

#define DEFINE(name, code, told, result, bytes) BODY(b_##name, code, told);
#define DECLARE(name, code, told, result, bytes) long b_##name(long, long *);
#define LIST(name, code, told, result, bytes) { #name, b_##name, result, bytes },
BODIES(DEFINE)
BODIES(DECLARE)

static const struct body {
	const char *name;
	fn fn;
	long result; /* -1: not to be called */
	const char *bytes;
} bodies[] = { BODIES(LIST) };

__attribute__((noinline, noclone)) static long plain(long x, long *word)
{
	return x + *word;
}

/* What is returned if nothing is done is the argument. */
fn key = plain, nullable = plain, later = plain, last = plain;
KEY(key, 0);
KEY_NULL(nullable, 1);
KEY(later, 0);
KEY(last, 0);
#define SITE(fn, name)									\
	FUNCTION(fn, "mov %rdi, %rax\n sub $8, %rsp\n .p2align 3,,4\n"			\
		"call static_call_key_trampoline." #name "\n 771:\n"			\
		ENTRY(name, 0) "add $8, %rsp\n ret\n")
#define SITE_AT_END(fn, name, flags)							\
	FUNCTION(fn, "mov %rdi, %rax\n .p2align 3,,4\n"					\
		".byte 0xe9\n .long static_call_key_trampoline." #name " - . - 4\n 771:\n" \
		ENTRY(name, (1 | flags)))
SITE(call, key);
SITE_AT_END(tail, key, 0);
SITE_AT_END(tail_noret, key, 2);
SITE(call_nullable, nullable);
SITE(call_later, later);
SITE(call_last, last);
long call(long, long *), tail(long, long *), tail_noret(long, long *),
     call_nullable(long, long *), call_later(long, long *), call_last(long, long *);
MODULE_AUTO

static long word[2];

static long result(fn call)
{
	word[0] = 99;
	return call(10, word);
}

static const unsigned char *site(const void *key, size_t n)
{
	return site_nth(key, n).site;
}

static int has(const unsigned char *site, const char *bytes)
{
	char text[16];

	snprintf(text, sizeof(text), "%02x %02x %02x %02x %02x", site[0], site[1], site[2],
		 site[3], site[4]);
	return !strncmp(text, bytes, strlen(bytes));
}

static void expect(const char *name, const unsigned char *site, const char *bytes)
{
	if (has(site, bytes))
		return;
	fprintf(stderr, "%s: %02x %02x %02x %02x %02x, not %s\n", name, site[0], site[1],
		site[2], site[3], site[4], bytes);
	exit(1);
}

/* Every kind, coming from a call and from every other kind, and back. */
static void check_kinds(int none)
{
	size_t i, k;

	for (i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		for (k = 0; k <= sizeof(bodies) / sizeof(*bodies); k++) {
			const struct body *b = &bodies[i];
			const char *bytes = b->bytes && !none ? b->bytes : "e8";
			struct static_call_key_site_info info;
			struct static_call_key_info all = { 0 };

			CHECK(!static_call_key_update(&key, k ? bodies[k - 1].fn : plain));
			CHECK(!static_call_key_update(&key, b->fn));
			expect(b->name, site(&key, 0), bytes);
			/* body and return are two instructions; nothing and return are one. */
			expect(b->name, site(&key, 1), !strcmp(bytes, "a9") ? "c3" : "e9");
			expect(b->name, site(&key, 2), "e9");
			info = site_nth(&key, 0);
			CHECK((const void *)info.destination == (const void *)b->fn);
			CHECK(info.flags == (*bytes == 'e' ? 0 : STATIC_CALL_KEY_SITE_INFO_BODY));
			CHECK(!static_call_key_query(&key, &all) && all.sites == 3 &&
			      all.patched == 3 && !all.stale);
			CHECK(!static_call_key_why(&key) && !static_call_key_verify());
			if (b->result == -1)
				continue;
			CHECK(result(call) == b->result);
			CHECK(result(tail) == b->result);
			CHECK(result(tail_noret) == b->result);
		}
	}
	CHECK(!static_call_key_update(&key, plain) && result(call) == 109);
}

/* NULL and functions that do nothing are alike in the site, and not in what is known. */
static void check_null(void)
{
	CHECK(!static_call_key_update(&nullable, (fn)0));
	expect("NULL", site(&nullable, 0), "a9");
	CHECK(!site_nth(&nullable, 0).destination && !site_nth(&nullable, 0).flags);
	CHECK(!static_call_key_update(&nullable, b_none));
	expect("none", site(&nullable, 0), "a9");
	CHECK(site_nth(&nullable, 0).destination == (const void *)b_none &&
	      site_nth(&nullable, 0).flags == STATIC_CALL_KEY_SITE_INFO_BODY);
	CHECK(!static_call_key_update(&nullable, b_seven) && result(call_nullable) == 7);
	CHECK(!static_call_key_update(&nullable, (fn)0) && result(call_nullable) == 10);
}

/* A module without sites, that tells of a function which a key holds. */
static struct static_call_key_body table[2];
static struct static_call_key_module other = {
	.version = STATIC_CALL_KEY_ABI_VERSION,
	.size = STATIC_CALL_KEY_MODULE_SIZE,
};

long late(long, long *);
FUNCTION(late, "lea 1(%rdi), %rax\n ret\n");

static void check_module(void)
{
	static const unsigned char code[] = { 0x48, 0x8d, 0x47, 0x01 };
	int round;

	table[0].target = (char *)late - (char *)&table[0].target;
	table[0].length = sizeof(code);
	memcpy(table[0].code, code, sizeof(code));
	/* One that is too long for any site, as modules have them. */
	table[1] = table[0];
	table[1].target -= sizeof(table[0]);
	table[1].length = 9;
	other.bodies_start = (uintptr_t)table;
	other.bodies_stop = (uintptr_t)(table + 2);

	CHECK(!static_call_key_update(&later, late));
	for (round = 0; round < 3; round++) {
		expect("late, not known", site(&later, 0), "e8");
		CHECK(!static_call_key_rt_register(&other));
		expect("late, known", site(&later, 0), "2e 48 8d 47 01");
		CHECK(result(call_later) == 11 && !static_call_key_verify());
		static_call_key_rt_unregister(&other);
		expect("late, gone", site(&later, 0), "e8");
		CHECK(result(call_later) == 11 && !static_call_key_verify());
	}
}

/* A site as it was linked is right always, and what comes next mends it. */
static void check_dropped(void)
{
	unsigned char *text = (unsigned char *)((uintptr_t)site(&key, 0) & ~4095ul);

	CHECK(!static_call_key_update(&key, b_same));
	if (madvise(text, 4096, MADV_DONTNEED)) {
		printf("SKIPPED: MADV_DONTNEED\n");
		return;
	}
	expect("dropped", site(&key, 0), "e8");
	CHECK(result(call) == 10 && !static_call_key_verify());
	CHECK(!static_call_key_update(&key, b_more));
	expect("mended", site(&key, 0), "2e 48 8d 47 11");
}

/* A key that is sealed may have forms that are never left. */
static void check_sealed(void)
{
	CHECK(!static_call_key_update(&key, b_flags));
	expect("flags", site(&key, 0), "e8");
	CHECK(!static_call_key_update(&later, b_same));
	CHECK(!static_call_key_seal(&key) && !static_call_key_seal(&later));
	expect("flags, sealed", site(&key, 0), "2e 2e 2e 9c 58");
	expect("flags, sealed, tail", site(&key, 1), "2e 2e 9c 58 c3");
	expect("flags, sealed, no ret", site(&key, 2), "e9");
	expect("same, sealed", site(&later, 0), "2e 2e 48 89 f8");
	/* Not what leaves the stack as another one, or takes what it has not put there. */
	CHECK(!static_call_key_update(&nullable, b_pushed) && !static_call_key_seal(&nullable));
	CHECK(!static_call_key_update(&last, b_popped) && !static_call_key_seal(&last));
	expect("pushed, sealed", site(&nullable, 0), "e8");
	expect("popped, sealed", site(&last, 0), "e8");
	CHECK((call(10, word) & 0x202) == 0x202 && (tail(10, word) & 0x202) == 0x202);
	CHECK(static_call_key_update(&key, b_same) == -EPERM && !static_call_key_verify());
	CHECK(site_nth(&key, 0).flags == STATIC_CALL_KEY_SITE_INFO_BODY);
}

int main(int argc, char **argv)
{
	(void)argv;
	check_kinds(argc > 1);
	if (argc == 1) {
		check_null();
		check_module();
		check_dropped();
		check_sealed();
	}
	printf("ok\n");
	return 0;
}
