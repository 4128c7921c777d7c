/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Zeroing a struct of keys: what is called after that is NULL, not what was there. */
/* { dg-do run } */
#include "check.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

NOIPA static int one(int x)
{
	return x + 1;
}

struct ops {
	long number;
	int (*fn)(int);
	struct ops *next;
};

struct ops ops STATIC_CALL_KEY = { 1, one, NULL };

NOIPA int work(int x)
{
	return ops.fn(x) + 1;
}

NOIPA void clear(void)
{
	ops = (struct ops){ 0 };
}

NOIPA void clear_through(struct ops *p)
{
	memset(p, 0, sizeof(*p));
}

static void faults(void)
{
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (!child) {
		signal(SIGSEGV, SIG_DFL);
		work(1);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

int main(void)
{
	CHECK(work(5) == 7);
	clear();
	CHECK(ops.fn == NULL);
	CHECK(static_call_key_verify() == 0);
	faults();
	ops.fn = one;
	CHECK_KEY(&ops.fn, one);
	CHECK(work(5) == 7);
	clear_through(&ops);
	CHECK(static_call_key_verify() == 0);
	faults();
	return 0;
}
