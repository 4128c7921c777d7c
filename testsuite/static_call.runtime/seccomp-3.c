/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same, and a plain store: the program says so and stops, for its sites would call the old target. */
/* { dg-do run } */
/* { dg-require-effective-target seccomp } */
#include "check.h"
#include "seccomp.h"
#include <signal.h>
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

int main(void)
{
	char message[512] = "";
	int ends[2], status;
	ssize_t n;
	pid_t child;

	CHECK_KEY(&key, one);
	CHECK(pipe(ends) == 0);
	child = fork();
	CHECK(child >= 0);
	if (!child) {
		dup2(ends[1], 2);
		if (forbid_writing_text())
			_exit(3);
		key = two;
		_exit(work(5) == 110 ? 4 : 5);
	}
	close(ends[1]);
	CHECK(waitpid(child, &status, 0) == child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
		UNSUPPORTED("the kernel has no seccomp filters");
	n = read(ends[0], message, sizeof(message) - 1);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL);
	CHECK(n > 0 && strchr(message, '\n') == message + n - 1);
	CHECK(strstr(message, "static_call") != NULL);
	CHECK(work(5) == 106);
	return 0;
}
