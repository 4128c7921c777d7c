/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In front of the C library: who makes a file safe on the disk is sent the signal ENDS. */
#include <signal.h>
#include <stdlib.h>

int fsync(int fd);

int fsync(int fd)
{
	const char *number = getenv("ENDS");

	(void)fd;
	if (number)
		raise(atoi(number));
	return 0;
}
