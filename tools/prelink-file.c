// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A file is read as a whole, and replaced as a whole: a new one takes its name when it is
 * complete and on the disk, see prelink-replace.c. Whoever runs the old one, or is about to, has one or the other.
 */
#include <errno.h>
#include <fcntl.h>
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
		file->bytes = calloc(1, file->size + 1);
		if (file->bytes)
			errno = EIO;
		if (!file->bytes || !read_all(fd, file->bytes, file->size))
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
static void sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? format("%.*s", (int)(slash - path) + 1, path) : format(".");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/* By way of a file that has no name, or one that has: false: another way may do; or *why. */
static bool write_by(const struct contents *file, const char *path, const unsigned char *bytes,
		     bool nameless, char **why)
{
	struct new_file new;
	bool done;

	done = new_file_open(&new, path, nameless);
	if (!done && !nameless)
		*why = format("cannot make a file beside it: %m");
	if (done)
		*why = fill(file, new.fd, bytes);
	if (done && !*why) {
		done = !new_file_name(&new, path);
		if (!done && !nameless)
			*why = format("%m");
	}
	new_file_close(&new);
	return done;
}

char *contents_write(const struct contents *file, const char *path, const unsigned char *bytes)
{
	struct stat st;
	char *why = NULL;

	/* A device or a pipe is not to be replaced by a file. */
	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		return format("not a regular file");
	if ((write_by(file, path, bytes, true, &why) || write_by(file, path, bytes, false, &why)) &&
	    !why)
		sync_folder(path);
	return why;
}
