/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linked into each program of the torture run: as the program starts, but after
 * its sites were patched, append to patched.txt how many sites it has, how many
 * of them are patched, and how many are stale. No libc: programs of the suite
 * replace parts of it.
 */
#include <fcntl.h>
#include <sys/syscall.h>
#include "static_call.h"

static long call3(long number, long a, long b, long c)
{
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(number), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return ret;
}

struct count {
	unsigned long sites, patched, stale;
};

static int add(const struct static_call_key_info *info, void *data)
{
	struct count *count = data;

	count->sites += info->sites;
	count->patched += info->patched;
	count->stale += info->stale;
	return 0;
}

/* Decimal, and a separator, in front of end; where it starts. */
static char *put(char *end, unsigned long n, char separator)
{
	*--end = separator;
	do
		*--end = '0' + n % 10;
	while (n /= 10);
	return end;
}

__attribute__((constructor)) static void report(void)
{
	struct count count = { 0, 0, 0 };
	char buffer[80], *end = buffer + sizeof(buffer), *p = end;
	long fd;

	static_call_key_for_each(add, &count);
	fd = call3(SYS_open, (long)"patched.txt", O_WRONLY | O_CREAT | O_APPEND, 0666);
	if (fd < 0)
		return;
	p = put(p, count.stale, '\n');
	p = put(p, count.patched, ' ');
	p = put(p, count.sites, ' ');
	call3(SYS_write, fd, (long)p, end - p);
	call3(SYS_close, fd, 0, 0);
}
