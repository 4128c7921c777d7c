/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No mapping stays writable and executable after start-up, updates, stores and failures. */
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

int (*key)(int) STATIC_CALL_KEY = one;

NOIPA int work(int x)
{
	return key(x) + 100;
}

static int writable_text(void)
{
	char line[1024];
	int found = 0;
	FILE *maps = fopen("/proc/self/maps", "r");

	CHECK(maps != NULL);
	while (fgets(line, sizeof(line), maps)) {
		const char *space = strchr(line, ' ');

		if (space && space[2] == 'w' && space[3] == 'x') {
			fputs(line, stderr);
			found++;
		}
	}
	fclose(maps);
	return found;
}

int main(void)
{
	struct static_call_key_change bad[2] = {
		{ &key, (static_call_key_fn)two }, { NULL, NULL },
	};

	CHECK(writable_text() == 0);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK(writable_text() == 0);
	key = one;
	CHECK(writable_text() == 0);
	CHECK(static_call_key_update_many(bad, 2) < 0);
	CHECK(writable_text() == 0);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 106);
	return 0;
}
