/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every form that a site can take: bytes and behaviour. */
#include <sys/mman.h>

#include "sites.h"

typedef long (*fn)(long);
long plain_a(long x) { return x + 1; }
long plain_b(long x) { return x + 2; }
static int voids;
long void_a(long x) { voids += x; return 77; }

fn k_plain = plain_a, k_void = void_a, k_value = plain_a, k_wide = plain_a, k_hidden = plain_a;
KEY(k_plain, 0);
KEY_NULL(k_void, 1);
KEY_NULL(k_value, 3);
KEY_NULL(k_wide, 7);
KEY_NULL_HIDDEN(k_hidden, 3);
SITE_CALL(call_plain, k_plain);
SITE_TAIL(tail_plain, k_plain, 0);
SITE_CALL(call_void, k_void);
SITE_TAIL(tail_void, k_void, 0);
SITE_TAIL(tail_void_noret, k_void, 2);
SITE_CALL(call_value, k_value);
SITE_TAIL(tail_value, k_value, 0);
SITE_CALL(call_wide, k_wide);
SITE_TAIL(tail_wide, k_wide, 0);
SITE_CALL(call_hidden, k_hidden);
SITE_TAIL(tail_hidden, k_hidden, 0);
long call_plain(long), tail_plain(long), call_void(long), tail_void(long), tail_void_noret(long),
     call_value(long), tail_value(long), call_wide(long), tail_wide(long), call_hidden(long), tail_hidden(long);
extern char trampoline[] __asm__("static_call_key_trampoline.k_void");
MODULE_AUTO

/* Has the site this opcode, and then the distance to that place? */
static int holds(const void *key, int n, unsigned char opcode, const void *place)
{
	const unsigned char *p = site_nth(key, n).site;
	int32_t distance;

	memcpy(&distance, p + 1, 4);
	return p[0] == opcode && p + 5 + distance == place;
}

/* Where the record says that calls of NULL go. */
static const void *null_code(const char *name)
{
	const struct static_call_key_record *r = (const void *)module.records_start;

	while (strcmp((const char *)&r->name + r->name, name))
		r++;
	CHECK(r->null_code);
	return (const char *)&r->null_code + r->null_code;
}

static int leads(const void *key, int n, const void *where)
{
	struct static_call_key_site_info i = site_nth(key, n);

	return i.destination == where;
}

static unsigned flags(const void *key, int n)
{
	return site_nth(key, n).flags;
}

int main(void)
{
	const unsigned T = STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE, J = STATIC_CALL_KEY_SITE_INFO_TAIL;
	struct static_call_key_info info;
	unsigned char *far;
	int i;

	CHECK(module.runtime);
	/* registered, before main */
	CHECK(leads(&k_plain, 0, plain_a) && flags(&k_plain, 0) == 0);
	CHECK(leads(&k_plain, 1, plain_a) && flags(&k_plain, 1) == J);
	CHECK(call_plain(1) == 2 && tail_plain(1) == 2);
	CHECK(!static_call_key_update(&k_plain, plain_b) && k_plain == plain_b);
	CHECK(leads(&k_plain, 0, plain_b) && leads(&k_plain, 1, plain_b));
	CHECK(call_plain(1) == 3 && tail_plain(1) == 3);

	/* out of reach: through the trampoline */
	far = mmap((void *)(((uintptr_t)main & ~4095ul) ^ 1l << 40), 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(far != MAP_FAILED);
	memcpy(far, "\x48\x8d\x47\x64\xc3", 5);		/* lea 100(%rdi),%rax; ret */
	CHECK(!static_call_key_update(&k_plain, (fn)far));
	CHECK(flags(&k_plain, 0) == T && flags(&k_plain, 1) == (T | J));
	CHECK(call_plain(1) == 101 && tail_plain(1) == 101);
	CHECK(!static_call_key_query(&k_plain, &info));
	CHECK(info.sites == 2 && info.patched == 0 && info.stale == 0 && !info.flags);
	CHECK(!strcmp(info.name, "k_plain") && info.target == (static_call_key_fn)far);
	CHECK(!static_call_key_update(&k_plain, NULL) && !k_plain);
	CHECK(flags(&k_plain, 0) == T);
	CHECK(!static_call_key_update(&k_plain, plain_a) && call_plain(5) == 6 && tail_plain(5) == 6);

	/* no-ops */
	for (i = 0; i < 2; i++) {
		CHECK(!static_call_key_update(&k_void, NULL));
		CHECK(!static_call_key_update(&k_value, NULL));
		CHECK(!static_call_key_update(&k_wide, NULL));
		CHECK(!static_call_key_update(&k_hidden, NULL));
		CHECK(holds(&k_void, 0, 0xa9, trampoline) && flags(&k_void, 0) == 0);
		CHECK(holds(&k_void, 1, 0xc3, trampoline) && flags(&k_void, 1) == J);
		CHECK(leads(&k_void, 2, null_code("k_void")) && flags(&k_void, 2) == J);
		CHECK(leads(&k_value, 0, null_code("k_value")) && flags(&k_value, 0) == 0);
		CHECK(leads(&k_value, 1, null_code("k_value")) && flags(&k_value, 1) == J);
		CHECK(leads(&k_wide, 0, null_code("k_wide")) && flags(&k_wide, 0) == 0);
		CHECK(leads(&k_wide, 1, null_code("k_wide")) && flags(&k_wide, 1) == J);
		CHECK(flags(&k_hidden, 0) == T && flags(&k_hidden, 1) == (T | J));
		CHECK(!site_nth(&k_void, 0).destination && !site_nth(&k_void, 1).destination);
		call_void(1), tail_void(1), tail_void_noret(1);
		CHECK(voids == 0);
		CHECK(call_value(9) == 0 && tail_value(9) == 0 && call_wide(9) == 0 && tail_wide(9) == 0);
		CHECK(call_hidden(9) == 0 && tail_hidden(9) == 0);
		CHECK(static_call_key_verify() == 0);
		CHECK(!static_call_key_query(&k_void, &info));
		CHECK(info.sites == 3 && info.patched == 3 && info.flags == STATIC_CALL_KEY_INFO_NOP_IF_NULL);

		CHECK(!static_call_key_update(&k_void, void_a));
		CHECK(!static_call_key_update(&k_value, plain_b));
		CHECK(!static_call_key_update(&k_wide, plain_b));
		CHECK(!static_call_key_update(&k_hidden, plain_b));
		CHECK(call_hidden(9) == 11 && tail_hidden(9) == 11);
		call_void(1), tail_void(1), tail_void_noret(1);
		CHECK(voids == 3);
		CHECK(call_value(9) == 11 && tail_value(9) == 11 && call_wide(9) == 11 && tail_wide(9) == 11);
		CHECK(leads(&k_void, 2, void_a) && leads(&k_value, 1, plain_b) && leads(&k_wide, 1, plain_b));
		voids = 0;
		CHECK(!static_call_key_update(&k_void, (fn)far));
		CHECK(flags(&k_void, 0) == T && flags(&k_void, 1) == (T | J));
	}
	puts("ok");
	return 0;
}
