/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The function that the key names is in the other unit. */
#include "check.h"
#include "keys.h"

int (*key)(int) STATIC_CALL_KEY_INLINE(named) = named;
int (*automatic)(int) STATIC_CALL_KEY = named;

static int own(int x)
{
	return x - 7;
}

int (*own_key)(int) STATIC_CALL_KEY = own;

NOIPA int work(int x)
{
	return key(x) * 10;
}

NOIPA int work_own(int x)
{
	return own_key(x) + automatic(x);
}

int main(void)
{
	int i;

	for (i = 0; i < 3; i++) {
		CHECK(work(1) == 20 && other_work(1) == 102 && work_own(8) == 10);
		CHECK(static_call_key_update(&key, other) == 0);
		CHECK(!CHECK_PATCHED || static_call_key_verify() == 0);
		CHECK(work(1) == 30 && other_work(1) == 103);
		key = named;
		own_key = other;
		CHECK(work_own(8) == 19);
		own_key = own;
	}
	return 0;
}
