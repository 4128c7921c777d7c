// SPDX-License-Identifier: MIT
/*
 * main.c - change the library's hook, and count the calls that lead to the new function.
 *
 * The program ends with a failure unless its greetings were right. Built with the plugin and
 * the runtime, it says "2 of 2 call sites are direct" at the end; built with any C compiler,
 * without them, "0 of 0". If the library is a shared one, it may say "1 of 2": a direct call
 * reaches 2 GB, and the library may lie further away from the program's function than that.
 */
#include "greet.h"
#include <stdio.h>

static int loud;

static void show_loudly(const char *text)
{
	loud++;
	printf("%s!!\n", text);
}

struct count {
	unsigned int all, direct;
};

/*
 * The runtime calls this with each call of greet_show, here and in the library. A guard, under
 * which GCC has inlined what a call most likely reaches, has a call of its own behind it.
 */
static int count_site(const struct static_call_key_site_info *info, void *data)
{
	struct count *count = data;

	if (info->flags & STATIC_CALL_KEY_SITE_INFO_GUARD)
		return 0;
	count->all++;
	count->direct += info->destination == (const void *)show_loudly;
	return 0;
}

int main(void)
{
	struct count count = { 0, 0 };

	greet("world");
	greet_show = show_loudly; /* The plugin sees to the sites at every store. */
	greet("world");
	greet_show("Goodbye.");

	static_call_key_for_each_site(&greet_show, count_site, &count);
	printf("%u of %u call sites are direct\n", count.direct, count.all);
	return loud == 2 ? 0 : 1;
}
