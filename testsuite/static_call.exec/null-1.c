/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calling a NULL key faults as in C. */
/* { dg-do run } */
#include "check.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

NOIPA static int one(int x)
{
	return x + 1;
}

int (*key)(int) STATIC_CALL_KEY = one;
int (*never)(int) STATIC_CALL_KEY;

NOIPA int work(int x)
{
	return key(x) + 1;
}

NOIPA int work_never(int x)
{
	return never(x);
}

static int faults(int (*fn)(int))
{
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (!child) {
		signal(SIGSEGV, SIG_DFL);
		fn(1);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

int main(void)
{
	CHECK(faults(work_never));
	CHECK(!faults(work));
	CHECK(work(5) == 7);
	CHECK(static_call_key_update(&key, NULL) == 0);
	CHECK(key == NULL);
	CHECK(faults(work));
	CHECK(static_call_key_update(&key, one) == 0);
	CHECK_KEY(&key, one);
	CHECK(work(5) == 7);
	return 0;
}
