// SPDX-License-Identifier: MIT
/*
 * lines.c - lines of text, and where they go: to standard error, or behind what is in a file. The
 * file is opened for each line: the program may close all descriptors, and have the file moved away.
 */
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/signal.h>

#include "lines.h"
#include "syscall.h"

#define LINE_SIGNAL(number) (1ull << ((number)-1))

size_t scrt_line_text(char *line, size_t at, size_t max, const char *s)
{
	while (*s && at < max)
		line[at++] = *s++;
	return at;
}

size_t scrt_line_number(char *line, size_t at, size_t max, uint64_t n)
{
	char digits[24];
	size_t i = sizeof(digits) - 1;

	digits[i] = '\0';
	do {
		digits[--i] = '0' + n % 10;
		n /= 10;
	} while (n);
	return scrt_line_text(line, at, max, digits + i);
}

size_t scrt_line_hex(char *line, size_t at, size_t max, uintptr_t n)
{
	int shift = 60;

	while (shift && !(n >> shift))
		shift -= 4;
	for (; shift >= 0 && at < max; shift -= 4)
		line[at++] = "0123456789abcdef"[n >> shift & 15];
	return at;
}

/*
 * A pipe that nobody reads and a file that may not become so long raise signals, which would end
 * a program that would have run without us: they wait, and what has come is taken away, but
 * not what was there before.
 */
static int line_write(int fd, const char *line, size_t n)
{
	uint64_t mask = LINE_SIGNAL(SIGPIPE) | LINE_SIGNAL(SIGXFSZ), old = 0, pending = 0;
	bool held = !syscall4(__NR_rt_sigprocmask, SIG_BLOCK, (long)&mask, (long)&old, sizeof(old));
	long done;

	if (held)
		syscall3(__NR_rt_sigpending, (long)&pending, sizeof(pending), 0);
	done = syscall3(__NR_write, fd, (long)line, n);
	if (!held)
		goto out;
	mask &= ~pending;
	if (mask && (done == -EPIPE || done == -EFBIG)) {
		static const struct {
			long s, ns;
		} now;

		syscall4(__NR_rt_sigtimedwait, (long)&mask, 0, (long)&now, sizeof(mask));
	}
	syscall4(__NR_rt_sigprocmask, SIG_SETMASK, (long)&old, 0, sizeof(old));
out:
	return syscall_failed(done) ? (int)done : (size_t)done < n ? -ENOSPC : 0;
}

void scrt_line_put(const char *line, size_t n)
{
	line_write(2, line, n);
}

int scrt_line_append(const char *path, bool own, const char *line, size_t n)
{
	/* Who reads a pipe is not waited for, and no terminal becomes the program's. */
	long fd = syscall4(__NR_openat, AT_FDCWD, (long)path,
			   O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY |
				   (own ? O_NOFOLLOW : 0),
			   own ? 0600 : 0666);
	int err;

	if (syscall_failed(fd))
		return (int)fd;
	err = line_write(fd, line, n);
	syscall3(__NR_close, fd, 0, 0);
	return err;
}
