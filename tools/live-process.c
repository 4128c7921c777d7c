// SPDX-License-Identifier: GPL-2.0-or-later
/* Memory and mappings of a process that runs on, as /proc has them. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "live.h"

bool process_fail(struct process *p, char *why)
{
	free(p->error);
	p->error = why;
	return false;
}

/* Why it may not be read, as far as can be told. */
static bool process_denied(struct process *p, int err)
{
	int scope = 0;
	FILE *f;

	if (err == ENOENT || err == ESRCH)
		return process_fail(p, format("no such process"));
	if (err != EACCES && err != EPERM)
		return process_fail(p, format("%s", strerror(err)));
	f = fopen("/proc/sys/kernel/yama/ptrace_scope", "re");
	if (f) {
		if (fscanf(f, "%d", &scope) != 1)
			scope = 0;
		fclose(f);
	}
	if (scope > 2)
		return process_fail(p,
				    format("not permitted: kernel.yama.ptrace_scope is %d, which "
					   "forbids it to everybody",
					   scope));
	if (scope)
		return process_fail(p, format("not permitted: kernel.yama.ptrace_scope is %d; root "
					      "(CAP_SYS_PTRACE) may read it",
					      scope));
	return process_fail(p,
			    format("not permitted: it is another user's, or has more rights than "
				   "its caller; root (CAP_SYS_PTRACE) may read it"));
}

static bool process_map(struct process *p, const char *line)
{
	char perms[5];
	struct mapping *m;
	uint64_t lo, hi, offset, inode;
	int at = 0;

	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %*x:%*x %" SCNu64 " %n", &lo, &hi,
		   perms, &offset, &inode, &at) != 5)
		return false;
	m = append(&p->maps, &p->n_maps, &p->room_maps, sizeof(*m));
	m->lo = lo;
	m->hi = hi;
	m->offset = offset;
	m->inode = inode;
	m->exec = perms[2] == 'x';
	m->name = format("%.*s", (int)strcspn(line + at, "\n"), line + at);
	return true;
}

static bool memory_read(const struct process *p, uint64_t addr, void *to, size_t size)
{
	return addr <= INT64_MAX && pread(p->mem, to, size, (off_t)addr) == (ssize_t)size;
}

bool process_open(struct process *p, long pid)
{
	char *path = format("/proc/%ld/maps", pid), *line = NULL;
	size_t room = 0;
	FILE *f;
	int err;

	p->pid = pid;
	p->mem = -1;
	p->read = memory_read;
	f = fopen(path, "re");
	err = errno;
	free(path);
	if (!f)
		return process_denied(p, err);
	while (getline(&line, &room, f) >= 0)
		process_map(p, line);
	err = ferror(f) ? errno : 0;
	free(line);
	fclose(f);
	if (err)
		return process_denied(p, err);
	path = format("/proc/%ld/mem", pid);
	p->mem = open(path, O_RDONLY | O_CLOEXEC);
	err = errno;
	free(path);
	if (p->mem < 0)
		return process_denied(p, err);
	if (!p->n_maps)
		return process_fail(p, format("it has no memory: it has ended, or is a thread of "
					      "the kernel"));
	return true;
}

void process_close(struct process *p)
{
	size_t i;

	for (i = 0; i < p->n_maps; i++)
		free(p->maps[i].name);
	free(p->maps);
	free(p->segments);
	free(p->error);
	if (p->mem >= 0)
		close(p->mem);
}

bool process_lives(struct process *p)
{
	char byte;

	/* The memory of a process that has ended reads as an empty file, of all it had. */
	if (!p->pid || (p->n_maps && process_read(p, p->maps[0].lo, &byte, 1)))
		return true;
	if (kill((pid_t)p->pid, 0) && errno == ESRCH)
		return process_fail(p, format("the process ended while it was read"));
	return process_fail(p, format("the process ended, or became another program, while it was "
				      "read"));
}

static int process_open_file(const char *path, const struct mapping *m)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd >= 0 && (fstat(fd, &st) || !S_ISREG(st.st_mode) ||
			(m->inode && (uint64_t)st.st_ino != m->inode))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/*
 * By the mapping itself, which wants root, finds it though it was deleted or replaced; else by
 * name, as the process sees the root.
 */
int process_file(const struct process *p, const struct mapping *m)
{
	char *path;
	int fd;

	if (!p->pid)
		return process_open_file(m->name, m);
	path = format("/proc/%ld/map_files/%" PRIx64 "-%" PRIx64, p->pid, m->lo, m->hi);
	fd = process_open_file(path, m);
	free(path);
	if (fd < 0) {
		path = format("/proc/%ld/root%s", p->pid, m->name);
		fd = process_open_file(path, m);
		free(path);
	}
	if (fd < 0) {
		path = format("/proc/%ld/exe", p->pid);
		fd = process_open_file(path, m);
		free(path);
	}
	return fd;
}
