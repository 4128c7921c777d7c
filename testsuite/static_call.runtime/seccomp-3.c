/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same, and a plain store: the program says so and stops, for its sites would call the old target. */
/* { dg-do run } */
/* { dg-require-effective-target seccomp } */
#include "check.h"
#include "child.h"
#include "seccomp.h"
#include <signal.h>

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

int main(void)
{
	char message[512] = "";
	struct child child;
	int status;

	CHECK_KEY(&key, one);
	if (!child_start(&child)) {
		if (forbid_writing_text())
			_exit(3);
		key = two;
		_exit(work(5) == 110 ? 4 : 5);
	}
	status = child_end(&child, message, sizeof(message));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
		UNSUPPORTED("the kernel has no seccomp filters");
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL);
	CHECK(child.length > 0 && strchr(message, '\n') == message + child.length - 1);
	CHECK(strstr(message, "static_call") != NULL);
	CHECK(work(5) == 106);
	return 0;
}
