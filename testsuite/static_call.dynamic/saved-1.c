/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one process has learned another one begins with: sites, tail calls, states with names,
 * and what is given up. A file that is damaged, or of another program, changes no call.
 * Arguments: a file, and what this process does.
 */
#include <fcntl.h>
#include <sys/stat.h>

#include "dynamic.h"

STATES;
NAMED(ops, thunk);
CALL(call, thunk);
TAIL(tail, thunk);
NAMED_CALL(named, ops);
NAMED_TAIL(named_tail, ops);
CALL(many, jump);
CALL(seldom, jump);
CALL(never, jump);
MODULE_AUTO

static const caller fns[] = { call, tail, named, named_tail, many, seldom, never };

static void call_all(void)
{
	int i, n;

	for (i = 0; i < 7; i++)
		for (n = 0; n < 32; n++)
			check_call(fns[i], n, n % 16);
}

static void learn(void)
{
	long i;

	for (i = 0; i < 4000; i++) {
		check_call(call, i, i % 3 ? 4 : 5);
		check_call(tail, i, 6);
		check_call(named, i, 7);
	}
	make_calls(seldom, 8, 3);
	for (i = 0; i < 60000; i++)
		check_call(many, i, i % 16);
	CHECK(!static_call_dynamic_learn());
	/* Woken, and given up again. */
	for (i = 0; i < 60000; i++)
		check_call(many, i, i % 16);
}

static int knows(void)
{
	struct static_call_dynamic_stats stats;

	CHECK(!static_call_dynamic_stats(&stats));
	return learned(call, 2, 4) && learned(tail, 1, 6) && learned(named, 1, 7) &&
	       led_to(named) == led_to(named_tail) && stats.given_up == 1 &&
	       is_left(many) && learned(seldom, 0, 0) &&
	       learned(never, 0, 0);
}

/* Every byte of the file, one after the other, becomes another one. */
static void damage(const char *path)
{
	static char text[65536];
	struct static_call_dynamic_stats stats;
	int fd = open(path, O_RDONLY), i;
	ssize_t n = read(fd, text, sizeof(text));
	unsigned int seed = 1;
	char was;

	CHECK(n > 100 && n < (ssize_t)sizeof(text));
	close(fd);
	for (i = 0; i < n; i += 3) {
		was = text[i];
		seed = seed * 1103515245 + 12345;
		text[i] = seed >> 16;
		fd = open("saved.damaged", O_WRONLY | O_CREAT | O_TRUNC, 0600);
		CHECK(write(fd, text, n) == n);
		close(fd);
		static_call_key_rt_unregister(&module);
		CHECK(!static_call_key_rt_register(&module));
		CHECK(!static_call_dynamic_load("saved.damaged"));
		CHECK(!static_call_dynamic_stats(&stats) && !stats.why);
		call_all();
		text[i] = was;
	}
	unlink("saved.damaged");
}

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[2] : "";

	CHECK(argc > 2);
	if (!strcmp(what, "save")) {
		learn();
		CHECK(knows());
		CHECK(!static_call_dynamic_save(argv[1]));
		CHECK(static_call_dynamic_save("/nowhere/at/all") == -ENOENT);
		CHECK(static_call_dynamic_save(NULL) == -EINVAL);
	} else if (!strcmp(what, "learn")) {
		/* Kept as it is now, when the program ends. */
		learn();
		puts("ok");
		return 0;
	} else if (!strcmp(what, "load")) {
		CHECK(static_call_dynamic_load("/nowhere/at/all") == -ENOENT);
		CHECK(static_call_dynamic_load(NULL) == -EINVAL);
		CHECK(!knows());
		CHECK(!static_call_dynamic_load(argv[1]));
		CHECK(knows());
		/* Loading again is no harm. */
		CHECK(!static_call_dynamic_load(argv[1]));
		CHECK(knows());
	} else if (!strcmp(what, "knows")) {
		CHECK(knows());
	} else if (!strcmp(what, "ignores")) {
		CHECK(!knows());
	} else if (!strcmp(what, "damage")) {
		damage(argv[1]);
	}
	call_all();
	puts("ok");
	return 0;
}
