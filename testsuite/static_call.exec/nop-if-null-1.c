/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nop_if_null: calling NULL does nothing, or returns zero; with and without the runtime. */
/* { dg-do run } */
/* { dg-skip-if "NULL calls fault without the plugin" { *-*-* } { "-DTEST_NO_PLUGIN" } } */
/* { dg-final { direct-in call_void call_int call_pointer } } */
/* { dg-final { check-static-call } } */
#include "check.h"

static int calls;

NOIPA static void count(int x)
{
	calls += x;
}

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static void *self(void *p)
{
	return p;
}

NOIPA static unsigned char small(void)
{
	return 200;
}

NOIPA static _Bool yes(void)
{
	return 1;
}

void (*key_void)(int) STATIC_CALL_KEY_NOP_IF_NULL;
int (*key_int)(int) STATIC_CALL_KEY_NOP_IF_NULL;
void *(*key_pointer)(void *) STATIC_CALL_KEY_NOP_IF_NULL;
unsigned char (*key_char)(void) STATIC_CALL_KEY_NOP_IF_NULL;
_Bool (*key_bool)(void) STATIC_CALL_KEY_NOP_IF_NULL;

NOIPA int call_void(int x)
{
	key_void(x);
	return calls;
}

NOIPA int call_int(int x)
{
	return key_int(x) + 1000;
}

NOIPA int call_pointer(void *p)
{
	return key_pointer(p) == p;
}

NOIPA int call_small(void)
{
	return key_char() + 1000 * key_bool();
}

static void check_null(void)
{
	int before = calls;

	CHECK(call_void(5) == before);
	CHECK(call_int(0x12345678) == 1000);
	CHECK(!call_pointer(&before));
	CHECK(call_small() == 0);
}

/* The whole register is 0 where a NULL key was called. */
static void check_sites(const void *key)
{
	struct static_call_key_info info;

	if (!CHECK_PATCHED)
		return;
	CHECK(static_call_key_query(key, &info) == 0);
	CHECK(info.flags & STATIC_CALL_KEY_INFO_NOP_IF_NULL);
	CHECK(info.sites >= 1 && info.patched == info.sites && info.stale == 0);
	CHECK(info.target == NULL);
}

int main(void)
{
	check_null();
	check_sites(&key_void);
	check_sites(&key_int);
	check_sites(&key_pointer);
	check_sites(&key_char);
	check_sites(&key_bool);

	CHECK(static_call_key_update(&key_void, count) == 0);
	CHECK(static_call_key_update(&key_int, one) == 0);
	CHECK(static_call_key_update(&key_pointer, self) == 0);
	CHECK(static_call_key_update(&key_char, small) == 0);
	CHECK(static_call_key_update(&key_bool, yes) == 0);
	CHECK_KEY(&key_void, count);
	CHECK_KEY(&key_int, one);
	CHECK_KEY(&key_pointer, self);
	CHECK_KEY(&key_char, small);
	CHECK_KEY(&key_bool, yes);
	CHECK(call_void(5) == 5 && call_int(5) == 1006 && call_pointer(&calls) == 1);
	CHECK(call_small() == 1200);

	CHECK(static_call_key_update(&key_void, NULL) == 0);
	key_int = NULL;
	CHECK(static_call_key_update(&key_pointer, NULL) == 0);
	key_char = NULL;
	key_bool = NULL;
	check_null();
	check_sites(&key_void);
	check_sites(&key_int);
	CHECK(static_call_key_verify() == 0);
	return 0;
}
