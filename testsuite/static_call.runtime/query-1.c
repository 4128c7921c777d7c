/* SPDX-License-Identifier: GPL-2.0-or-later */
/* static_call_key_query: every field, and every error. */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

struct ops {
	long number;
	struct {
		int (*call[3])(int);
	} inner;
};

int (*key)(int) STATIC_CALL_KEY = one;
struct ops ops STATIC_CALL_KEY = { .inner.call = { one, one, one } };
void (*hook)(void) STATIC_CALL_KEY_NOP_IF_NULL;
int (*unused)(int) STATIC_CALL_KEY = one;
int (*plain)(int);

NOIPA int work(int x)
{
	hook();
	return key(x) + ops.inner.call[2](x + 1) + 1;
}

int main(void)
{
	struct static_call_key_info info;

	memset(&info, 0x55, sizeof(info));
	CHECK(static_call_key_query(&key, &info) == 0);
	CHECK(info.key == (void *)&key && !strcmp(info.name, "key"));
	CHECK(info.target == (static_call_key_fn)one);
	CHECK(info.sites == 1 && info.patched == 1 && info.stale == 0 && info.flags == 0);

	CHECK(static_call_key_query(&ops.inner.call[2], &info) == 0);
	CHECK(info.key == (void *)&ops.inner.call[2] && !strcmp(info.name, "ops.inner.call[2]"));
	CHECK(info.sites == 1 && info.patched == 1 && info.stale == 0);

	CHECK(static_call_key_query(&hook, &info) == 0);
	CHECK(!strcmp(info.name, "hook") && info.target == NULL);
	CHECK(info.flags == STATIC_CALL_KEY_INFO_NOP_IF_NULL);

	CHECK(static_call_key_query(&ops.inner.call[1], &info) == -2);
	CHECK(static_call_key_query(&ops, &info) == -2);
	CHECK(static_call_key_query(&unused, &info) == -2);
	CHECK(static_call_key_query(&plain, &info) == -2);
	CHECK(static_call_key_query(NULL, &info) == -22);
	CHECK(static_call_key_query(&key, NULL) == -22);

	/* A key that is NULL and no no-op goes through the trampoline, which faults. */
	CHECK(static_call_key_update(&key, NULL) == 0);
	CHECK(static_call_key_query(&key, &info) == 0);
	CHECK(info.target == NULL && info.stale == 0);
	CHECK(static_call_key_update(&key, one) == 0);
	CHECK(work(5) == 14);
	return 0;
}
