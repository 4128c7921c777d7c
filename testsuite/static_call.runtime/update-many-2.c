/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A batch with a change that cannot be made: none is made. */
/* { dg-do run } */
#include "check.h"

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

int (*first)(int) STATIC_CALL_KEY = one;
int (*second)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return first(x) + 100 * second(x);
}

static void refused(void *bad)
{
	int position;

	for (position = 0; position < 3; position++) {
		struct static_call_key_change changes[3] = {
			{ &first, (static_call_key_fn)two },
			{ &second, (static_call_key_fn)two },
			{ &first, (static_call_key_fn)two },
		};

		changes[position].key = bad;
		CHECK(static_call_key_update_many(changes, 3) == -22);
		CHECK_KEY(&first, one);
		CHECK_KEY(&second, one);
		CHECK(work(5) == 606);
	}
}

int main(void)
{
	refused(NULL);
	refused((char *)&first + 1);
	return 0;
}
