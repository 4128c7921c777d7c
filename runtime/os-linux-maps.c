// SPDX-License-Identifier: MIT
/*
 * os-linux-maps.c - read the list of this process's mappings, a line at a time:
 *
 *	55d0c8a01000-55d0c8a05000 r-xp 00001000 fe:00 1234    /usr/bin/name
 *
 * The directory of the thread is used, because that of a process whose first
 * thread has ended shows no mappings.
 */
#include <linux/fcntl.h>

#include "os-linux-user.h"

bool scrt_maps_open(struct scrt_maps *maps)
{
	static const char path[] = "/proc/thread-self/maps";
	long fd = syscall4(__NR_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC, 0);

	if (syscall_failed(fd))
		return false;
	maps->fd = fd;
	maps->next = maps->end = 0;
	maps->ended = false;
	return true;
}

void scrt_maps_close(struct scrt_maps *maps)
{
	syscall3(__NR_close, maps->fd, 0, 0);
}

/* The next character; -1 at the end. */
static int get(struct scrt_maps *maps)
{
	long n;

	if (maps->ended)
		return -1;
	if (maps->next == maps->end) {
		n = syscall3(__NR_read, maps->fd, (long)maps->buffer, sizeof(maps->buffer));
		maps->ended = n <= 0;
		if (maps->ended)
			return -1;
		maps->next = 0;
		maps->end = n;
	}
	return (unsigned char)maps->buffer[maps->next++];
}

/* A hexadecimal number, and the character that ends it. */
static uintptr_t get_number(struct scrt_maps *maps)
{
	uintptr_t n = 0;
	int c;

	for (;;) {
		c = get(maps);
		if (c >= '0' && c <= '9')
			n = n * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			n = n * 16 + (c - 'a' + 10);
		else
			return n;
	}
}

bool scrt_maps_next(struct scrt_maps *maps, struct scrt_mapping *mapping)
{
	size_t length = 0;
	int c, field;

	mapping->lo = get_number(maps);
	mapping->hi = get_number(maps);
	mapping->readable = get(maps) == 'r';
	mapping->writable = get(maps) == 'w';
	mapping->executable = get(maps) == 'x';
	get(maps); /* private or shared */
	c = get(maps);
	for (field = 0; field < 3; field++) /* offset, device, inode */
		for (c = get(maps); c != ' ' && c != '\n' && c != -1;)
			c = get(maps);
	while (c == ' ')
		c = get(maps);
	for (; c != '\n' && c != -1; c = get(maps))
		if (length < sizeof(mapping->name) - 1)
			mapping->name[length++] = c;
	mapping->name[length] = '\0';
	return c == '\n';
}
