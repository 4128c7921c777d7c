/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a handler that interrupted the runtime, every function answers -EDEADLK and changes nothing. */
/* { dg-do run } */
#include "check.h"
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
static volatile sig_atomic_t handled;

NOIPA int work(int x)
{
	return key(x) + 100;
}

static int ignore_key(const struct static_call_key_info *info, void *data)
{
	(void)info;
	(void)data;
	return 0;
}

static int ignore_site(const struct static_call_key_site_info *info, void *data)
{
	(void)info;
	(void)data;
	return 0;
}

static void handler(int number)
{
	struct static_call_key_change change = { &key, (static_call_key_fn)two };
	struct static_call_key_info info;

	(void)number;
	CHECK(static_call_key_update(&key, two) == -35);
	CHECK(key == one);
	CHECK(static_call_key_update_many(&change, 1) == -35);
	CHECK(static_call_key_sync(&key, sizeof(key)) == -35);
	CHECK(static_call_key_verify() == -35);
	CHECK(static_call_key_query(&key, &info) == -35);
	CHECK(static_call_key_for_each(ignore_key, NULL) == -35);
	CHECK(static_call_key_for_each_site(&key, ignore_site, NULL) == -35);
	/* These are safe. */
	CHECK(work(5) == 106);
	CHECK(static_call_key_runtime_present());
	CHECK(static_call_key_strerror(-35) != NULL);
	handled++;
}

static int interrupt(const struct static_call_key_info *info, void *data)
{
	(void)info;
	(void)data;
	raise(SIGUSR1);
	return 0;
}

int main(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(static_call_key_for_each(interrupt, NULL) == 0);
	CHECK(handled == 1);
	CHECK_KEY(&key, one);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK_KEY(&key, two);
	CHECK(work(5) == 110);
	return 0;
}
