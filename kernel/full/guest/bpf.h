/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For programs that count by BPF while a command runs.
 */
#ifndef BPF_H
#define BPF_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX = 16 };

static int fail(const char *what)
{
	perror(what);
	return -1;
}

static long bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

/* As many as there can be places. */
static int make_counters(int size)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY,
				.key_size = 4,
				.value_size = size,
				.max_entries = MAX };
	int map = bpf(BPF_MAP_CREATE, &attr);

	return map < 0 ? fail("BPF_MAP_CREATE") : map;
}

static int read_counter(int map, int i, void *value)
{
	union bpf_attr attr = { .map_fd = map, .key = (unsigned long)&i };

	attr.value = (unsigned long)value;
	return bpf(BPF_MAP_LOOKUP_ELEM, &attr) ? fail("BPF_MAP_LOOKUP_ELEM") : 0;
}

/* Is it code of this processor? */
static int is_compiled(int fd)
{
	struct bpf_prog_info info = { 0 };
	union bpf_attr attr = {
		.info = { .bpf_fd = fd, .info_len = sizeof(info), .info = (unsigned long)&info }
	};

	return !bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) && info.jited_prog_len;
}

/* The kernel compiles it. */
static int load(union bpf_attr *attr)
{
	int fd;

	attr->license = (unsigned long)"GPL";
	fd = bpf(BPF_PROG_LOAD, attr);
	if (fd < 0)
		return fail("BPF_PROG_LOAD");
	if (!is_compiled(fd)) {
		fprintf(stderr, "bpf: the program is interpreted\n");
		return -1;
	}
	return fd;
}

/* How many words are in front of "--"? 0: none, or no command behind it. */
static int places(int argc, char **argv)
{
	int n = 0;

	while (n + 1 < argc && strcmp(argv[n + 1], "--"))
		n++;
	return n + 2 < argc && n <= MAX ? n : 0;
}

static int run(char **command)
{
	pid_t child = fork();
	int status;

	if (!child) {
		execvp(command[0], command);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status) {
		fprintf(stderr, "bpf: %s failed\n", command[0]);
		return -1;
	}
	return 0;
}

#endif
