/* SPDX-License-Identifier: MIT */
/*
 * log-hook.c - a hook that is called directly and can be changed at any time.
 *
 *	gcc -O2 -fplugin=static_call log-hook.c -o log-hook -lstatic_call
 *
 * The same file builds without the plugin, by any C11 compiler: the calls are
 * then ordinary indirect calls, and the program prints no call sites.
 */
#include <static_call.h>
#include <stdio.h>

/* noinline: so that there are calls to be seen; else a no-op would stand in their place. */
__attribute__((noinline)) static void log_quiet(const char *message)
{
	(void)message;
}

static void log_loud(const char *message)
{
	printf("    log: %s\n", message);
}

/* 1. Tag the pointer. Nothing else in the program changes. */
void (*log_hook)(const char *message) STATIC_CALL_KEY = log_quiet;

/* 2. Call it as ever. Each of these calls is a five-byte direct call. */
__attribute__((noinline)) void work(void)
{
	log_hook("work begins");
	log_hook("work ends"); /* with -O2 a tail call: jmp, not call */
}

/* What the runtime knows of a site; the bytes are those that would run now. */
static int show_site(const struct static_call_key_site_info *info, void *data)
{
	const unsigned char *byte = info->site;
	const char *leads_to = "somewhere else";

	(void)data;
	if (info->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE)
		leads_to = "the trampoline";
	else if (info->destination == (const void *)log_quiet)
		leads_to = "log_quiet";
	else if (info->destination == (const void *)log_loud)
		leads_to = "log_loud";
	printf("    work+0x%02lx  %02x %02x %02x %02x %02x  %s %s\n",
	       (unsigned long)((const char *)info->site - (const char *)work), byte[0], byte[1],
	       byte[2], byte[3], byte[4],
	       info->flags & STATIC_CALL_KEY_SITE_INFO_TAIL ? "jmp " : "call", leads_to);
	return 0;
}

static void show_sites(const char *when)
{
	printf("  %s:\n", when);
	static_call_key_for_each_site(&log_hook, show_site, NULL);
}

int main(void)
{
	int err;

	show_sites("sites of log_hook at start");
	work();

	/* 3. Change it: every site, in every thread, calls log_loud from now on. */
	err = static_call_key_update(&log_hook, log_loud);
	if (err) {
		fprintf(stderr, "log_hook: %s\n", static_call_key_strerror(err));
		return 1;
	}
	show_sites("sites of log_hook after static_call_key_update(&log_hook, log_loud)");
	work();

	/* A plain assignment does the same; the plugin sees to the sites. */
	log_hook = log_quiet;
	show_sites("sites of log_hook after log_hook = log_quiet");
	work();
	return static_call_key_verify() != 0;
}
