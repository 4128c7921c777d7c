/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store to a sealed key stops the program, unless it is what the key holds. */
/* { dg-do run } */
/* { dg-plain-sources "seal-2-plain.c" } */
#include "check.h"
#include "child.h"
#include <errno.h>
#include <signal.h>

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

struct ops {
	int (*first)(int);
	int (*sealed)(int);
};

struct ops ops STATIC_CALL_KEY = { one, one };

/* Nothing calls through it. */
int (*uncalled)(int) STATIC_CALL_KEY = one;

/* Compiled without the plugin. */
void store_unseen(void *key, int (*fn)(int));

NOIPA int work(int x)
{
	return ops.first(x) + 10 * ops.sealed(x);
}

static void store(void)
{
	ops.sealed = two;
	work(1);
}

static void copy(void)
{
	static const struct ops others = { one, two };

	memcpy(&ops, &others, sizeof(ops));
	work(1);
}

static void store_uncalled(void)
{
	uncalled = two;
}

/* What the program says when it is stopped, in a child. */
static void stopped(void (*how)(void), const char *name)
{
	char line[400];
	struct child child;
	int status;

	if (!child_start(&child)) {
		signal(SIGILL, SIG_DFL);
		how();
		_exit(0);
	}
	status = child_end(&child, line, sizeof(line));
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL);
	CHECK(strstr(line, name) && strstr(line, "sealed (error"));
	CHECK(strchr(line, '\n') == line + child.length - 1);
}

int main(void)
{
	static const struct ops same = { two, one };

	CHECK(static_call_key_seal(&ops.sealed) == 0);
	ops.sealed = one;
	ops = same;
	CHECK_KEY(&ops.first, two);
	CHECK_KEY(&ops.sealed, one);
	CHECK(work(5) == 10 + 60);
	stopped(store, "ops.sealed");
	stopped(copy, "ops.sealed");
	CHECK(static_call_key_seal(&uncalled) == 0);
	uncalled = one;
	stopped(store_uncalled, "(no name)");

	store_unseen(&ops.sealed, two);
	CHECK(static_call_key_sync(&ops, sizeof(ops)) == -EPERM);
	CHECK(static_call_key_verify() > 0);
	CHECK(static_call_key_update(&ops.sealed, one) == -EPERM);
	store_unseen(&ops.sealed, one);
	CHECK(static_call_key_sync(&ops, sizeof(ops)) == 0);
	CHECK_KEY(&ops.sealed, one);
	return 0;
}
