// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A new file takes the place of another, or its name, when it is complete, and not before; who
 * ends this command leaves no part of one behind.
 *
 * Until then the file has no name (O_TMPFILE), and goes with this process. It gets its name by
 * one system call if there is none of that name yet. Otherwise by two, as a name that is taken
 * can only be replaced by another name:
 *
 *	linkat()	a name that nobody knows
 *	rename()	the one that it is to have
 *
 * No signal that can wait comes between the two. One that cannot, SIGKILL, leaves the complete file
 * under the first name, if it comes in that moment; so does a machine that stops.
 *
 * Not every file system has files without a name (NFS, FUSE), and they get one by way of
 * /proc. Without these the file has a name from the beginning: who ends the command by any signal but
 * SIGKILL has it removed first.
 */
#define _GNU_SOURCE /* O_TMPFILE */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "prelink.h"

/* More than anybody has left behind. */
#define NAMES    1000
/* Of the old name, so that the new one is not too long. */
#define OLD_NAME 200

static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* A name beside path that nobody else uses, most likely. */
static char *other_name(const char *path)
{
	size_t folder = folder_length(path);
	uint32_t number = 0;
	struct timespec now;

	if (getrandom(&number, sizeof(number), GRND_NONBLOCK) != sizeof(number)) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		number = (uint32_t)now.tv_nsec ^ (uint32_t)getpid() << 16;
	}
	return format("%.*s.%.*s.%08x", (int)folder, path, OLD_NAME, path + folder, number);
}

/* ---- a file that has a name before it is complete */

static const char *volatile unfinished;
static struct sigaction before[NSIG];

/* Does this signal end a process that does not say otherwise? */
static bool ends(int signal)
{
	switch (signal) {
	case SIGKILL: /* nobody can say otherwise */
	case SIGSTOP:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
	case SIGCONT:
	case SIGCHLD:
	case SIGURG:
	case SIGWINCH:
		return false;
	}
	return true;
}

static void remove_unfinished(int signal)
{
	if (unfinished)
		unlink(unfinished);
	sigaction(signal, &before[signal], NULL);
	raise(signal);
}

/* Let all signals wait, for what has to be done together. */
static void hold(sigset_t *old)
{
	sigset_t set;

	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, old);
}

static void release(const sigset_t *old)
{
	int err = errno;

	sigprocmask(SIG_SETMASK, old, NULL);
	errno = err;
}

/* From here on the file of this name goes with this process; NULL: it does not. */
static void guard(const char *name)
{
	struct sigaction action = { .sa_handler = remove_unfinished };
	int i, err = errno;

	sigfillset(&action.sa_mask);
	unfinished = name;
	for (i = 1; i < NSIG; i++) {
		if (!ends(i))
			continue;
		if (!name)
			sigaction(i, &before[i], NULL);
		/* What is ignored (nohup) stays so. */
		else if (!sigaction(i, NULL, &before[i]) && before[i].sa_handler == SIG_DFL)
			sigaction(i, &action, NULL);
	}
	errno = err;
}

static void open_named(struct new_file *new, const char *path)
{
	unsigned int tries = NAMES;
	sigset_t old;

	hold(&old);
	do {
		free(new->name);
		new->name = other_name(path);
		new->fd = open(new->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	} while (new->fd < 0 && errno == EEXIST && --tries);
	if (new->fd >= 0)
		guard(new->name);
	release(&old);
}

static int rename_named(const struct new_file *new, const char *path)
{
	sigset_t old;
	int result;

	hold(&old);
	result = rename(new->name, path);
	if (!result)
		guard(NULL);
	release(&old);
	return result;
}

/* ---- a file that has none */

static void open_nameless(struct new_file *new, const char *path)
{
	size_t folder = folder_length(path);
	char *name = format("%.*s", folder ? (int)folder : 1, folder ? path : ".");

	new->fd = open(name, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600);
	free(name);
}

static int name_nameless(const struct new_file *new, const char *path)
{
	char *self = format("/proc/self/fd/%d", new->fd), *name = NULL;
	unsigned int tries = NAMES;
	int result, err = 0;
	sigset_t old;

	result = linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
	if (!result || errno != EEXIST) {
		free(self);
		return result;
	}
	hold(&old);
	do {
		free(name);
		name = other_name(path);
		result = linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
	} while (result && errno == EEXIST && --tries);
	if (!result && rename(name, path)) {
		result = -1;
		err = errno;
		unlink(name);
		errno = err;
	}
	release(&old);
	free(self);
	free(name);
	return result;
}

/* ---- either */

bool new_file_open(struct new_file *new, const char *path, bool nameless)
{
	*new = (struct new_file){ .fd = -1 };
	if (nameless)
		open_nameless(new, path);
	else
		open_named(new, path);
	return new->fd >= 0;
}

int new_file_name(struct new_file *new, const char *path)
{
	int result = new->name ? rename_named(new, path) : name_nameless(new, path);

	new->done = !result;
	return result;
}

void new_file_close(struct new_file *new)
{
	sigset_t old;

	if (new->fd >= 0)
		close(new->fd);
	if (new->fd >= 0 && new->name && !new->done) {
		hold(&old);
		unlink(new->name);
		guard(NULL);
		release(&old);
	}
	free(new->name);
}
