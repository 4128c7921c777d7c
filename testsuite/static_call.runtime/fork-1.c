/* SPDX-License-Identifier: GPL-2.0-or-later */
/* After fork the child updates at once, and the parent's sites stay as they are. */
/* { dg-do run } */
#include "check.h"
#include <sys/wait.h>
#include <unistd.h>

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

static void child(int depth)
{
	int status;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		CHECK_KEY(&key, key);
		CHECK(static_call_key_update(&key, two) == 0);
		CHECK_KEY(&key, two);
		CHECK(work(5) == 110);
		if (depth)
			child(depth - 1);
		CHECK(static_call_key_update(&key, one) == 0);
		CHECK_KEY(&key, one);
		CHECK(work(5) == 106);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
	int i;

	for (i = 0; i < 20; i++) {
		child(2);
		CHECK_KEY(&key, one);
		CHECK(work(5) == 106);
	}
	return 0;
}
