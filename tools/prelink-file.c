// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A file is read as a whole, and replaced as a whole: a new one takes its name when it is
 * complete and on the disk. Whoever runs the old one, or is about to, has one or the other.
 */
#define _GNU_SOURCE /* mkostemp */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "prelink.h"

/* Larger than any program; what libelf cannot map. */
#define LARGEST (1ull << 40)

static bool read_all(int fd, unsigned char *bytes, size_t size)
{
	ssize_t n;

	for (; size; bytes += n, size -= n) {
		n = read(fd, bytes, size);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n <= 0)
			return false;
	}
	return true;
}

static bool write_all(int fd, const unsigned char *bytes, size_t size)
{
	ssize_t n;

	for (; size; bytes += n, size -= n) {
		n = write(fd, bytes, size);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			return false;
	}
	return true;
}

char *contents_read(struct contents *file, const char *path)
{
	char *why = NULL;
	int fd;

	file->path = realpath(path, NULL);
	fd = file->path ? open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
	if (fd < 0 || fstat(fd, &file->st)) {
		why = format("%m");
	} else if (!S_ISREG(file->st.st_mode)) {
		why = format("not a regular file");
	} else if ((uint64_t)file->st.st_size > LARGEST) {
		why = format("too large");
	} else {
		file->size = (size_t)file->st.st_size;
		file->bytes = xcalloc(1, file->size);
		errno = EIO;
		if (!read_all(fd, file->bytes, file->size))
			why = format("%m");
	}
	if (fd >= 0)
		close(fd);
	return why;
}

void contents_free(struct contents *file)
{
	free(file->path);
	free(file->bytes);
}

/* Of two files, do both have this attribute, and the same value? */
static bool same_attribute(int from, int to, const char *name, const char *value, ssize_t size)
{
	char *other = xcalloc(1, (size_t)size + 1);
	bool same = fgetxattr(to, name, other, (size_t)size + 1) == size &&
		    !memcmp(other, value, (size_t)size);

	(void)from;
	free(other);
	return same;
}

static char *copy_attribute(int from, int to, const char *name)
{
	ssize_t size = fgetxattr(from, name, NULL, 0);
	char *value, *why = NULL;

	if (size < 0)
		return format("attribute %s: %m", name);
	/* What is signed is the contents, which change. */
	if (!strcmp(name, "security.ima") || !strcmp(name, "security.evm"))
		return format("it is signed (%s): sign what has been prelinked", name);
	value = xcalloc(1, (size_t)size + 1);
	size = fgetxattr(from, name, value, (size_t)size);
	if (size < 0 || (fsetxattr(to, name, value, (size_t)size, 0) &&
			 !same_attribute(from, to, name, value, size)))
		why = format("attribute %s: %m", name);
	free(value);
	return why;
}

/* Owner, mode, and the extended attributes: capabilities, access lists, labels. */
static char *copy_attributes(const struct contents *file, int from, int to)
{
	ssize_t size = flistxattr(from, NULL, 0);
	char *names, *name, *why = NULL;
	struct stat st;

	if (fstat(to, &st))
		return format("%m");
	if ((st.st_uid != file->st.st_uid || st.st_gid != file->st.st_gid) &&
	    fchown(to, file->st.st_uid, file->st.st_gid))
		return format("cannot keep the owner: %m");
	if (fchmod(to, file->st.st_mode & 07777))
		return format("cannot keep the mode: %m");
	if (size < 0)
		return errno == ENOTSUP ? NULL : format("attributes: %m");
	names = xcalloc(1, (size_t)size + 1);
	size = flistxattr(from, names, (size_t)size);
	if (size < 0)
		why = format("attributes: %m");
	for (name = names; !why && name < names + size; name += strlen(name) + 1)
		why = copy_attribute(from, to, name);
	free(names);
	return why;
}

/* The new contents in a file of no name that matters yet. */
static char *fill(const struct contents *file, int fd, const unsigned char *bytes)
{
	int from = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	char *why = NULL;

	if (from < 0 || fstat(from, &st))
		why = format("%m");
	else if (st.st_ino != file->st.st_ino || st.st_dev != file->st.st_dev ||
		 st.st_size != file->st.st_size || st.st_mtim.tv_sec != file->st.st_mtim.tv_sec ||
		 st.st_mtim.tv_nsec != file->st.st_mtim.tv_nsec)
		why = format("somebody has changed it meanwhile");
	else if (!write_all(fd, bytes, file->size))
		why = format("%m");
	else
		why = copy_attributes(file, from, fd);
	if (!why && fsync(fd))
		why = format("%m");
	if (from >= 0)
		close(from);
	return why;
}

/* A name that was changed is on the disk when its folder is. */
static void sync_folder(const char *path, size_t length)
{
	char *folder = format("%.*s", (int)length, path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/* ---- who ends this command leaves no half of a file behind */

static const int ending[] = { SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU, SIGALRM };
#define ENDING (sizeof(ending) / sizeof(ending[0]))

static const char *volatile unfinished;
static struct sigaction before[ENDING];

static void remove_unfinished(int signal)
{
	size_t i;

	if (unfinished)
		unlink(unfinished);
	for (i = 0; i < ENDING; i++)
		if (ending[i] == signal)
			sigaction(signal, &before[i], NULL);
	raise(signal);
}

/* Let these signals wait, for what has to be done together. */
static void hold(sigset_t *old)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < ENDING; i++)
		sigaddset(&set, ending[i]);
	sigprocmask(SIG_BLOCK, &set, old);
}

static void release(const sigset_t *old)
{
	sigprocmask(SIG_SETMASK, old, NULL);
}

/* A temporary file, open; until end_temporary() it goes with this process. */
static int make_temporary(char *name)
{
	struct sigaction action = { .sa_handler = remove_unfinished };
	sigset_t old;
	size_t i;
	int fd, err;

	hold(&old);
	fd = mkostemp(name, O_CLOEXEC);
	err = errno;
	if (fd >= 0) {
		unfinished = name;
		for (i = 0; i < ENDING; i++) {
			sigaction(ending[i], NULL, &before[i]);
			/* What is ignored (nohup) stays so. */
			if (before[i].sa_handler != SIG_IGN)
				sigaction(ending[i], &action, NULL);
		}
	}
	release(&old);
	errno = err;
	return fd;
}

/* It has its name, or (path is NULL) is removed; 0 or -1 and errno. */
static int end_temporary(const char *name, const char *path)
{
	int result, err;
	sigset_t old;
	size_t i;

	hold(&old);
	result = path ? rename(name, path) : unlink(name);
	err = errno;
	if (path && result)
		unlink(name);
	unfinished = NULL;
	for (i = 0; i < ENDING; i++)
		sigaction(ending[i], &before[i], NULL);
	release(&old);
	errno = err;
	return result;
}

char *contents_write(const struct contents *file, const char *path, const unsigned char *bytes)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
	char *temporary = format("%.*s.%s.XXXXXX", (int)folder, path, path + folder);
	struct stat st;
	char *why;
	int fd;

	/* A device or a pipe is not to be replaced by a file. */
	if (!stat(path, &st) && !S_ISREG(st.st_mode)) {
		free(temporary);
		return format("not a regular file");
	}
	fd = make_temporary(temporary);
	if (fd < 0) {
		why = format("%s: %m", temporary);
		free(temporary);
		return why;
	}
	why = fill(file, fd, bytes);
	if (close(fd) && !why)
		why = format("%m");
	if (why)
		end_temporary(temporary, NULL);
	else if (end_temporary(temporary, path))
		why = format("%m");
	else
		sync_folder(folder ? path : ".", folder ? folder : 1);
	free(temporary);
	return why;
}
