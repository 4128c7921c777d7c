// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpf FUNCTION[+OFFSET]... -- COMMAND...: run the command while a BPF program, compiled by the
 * kernel, counts how often the kernel comes to each of these places, and print that. Fails if the command
 * does, or if the kernel takes no probe there.
 */
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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

static int make_counters(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = MAX
	};
	int map = bpf(BPF_MAP_CREATE, &attr);

	return map < 0 ? fail("BPF_MAP_CREATE") : map;
}

static int read_counter(int map, int i, unsigned long long *value)
{
	union bpf_attr attr = { .map_fd = map, .key = (unsigned long)&i };

	attr.value = (unsigned long)value;
	return bpf(BPF_MAP_LOOKUP_ELEM, &attr) ? fail("BPF_MAP_LOOKUP_ELEM") : 0;
}

/* counters[i]++ */
static int load_program(int map, int i)
{
	struct bpf_insn insns[] = {
		{ BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, -4, i },
		{ BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10, 0, 0 },
		{ BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0, -4 },
		{ BPF_LD | BPF_DW | BPF_IMM, BPF_REG_1, BPF_PSEUDO_MAP_FD, 0, map },
		{ 0, 0, 0, 0, 0 },
		{ BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem },
		{ BPF_JMP | BPF_JEQ | BPF_K, BPF_REG_0, 0, 2, 0 },
		{ BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_1, 0, 0, 1 },
		{ BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_0, BPF_REG_1, 0, BPF_ADD },
		{ BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0 },
		{ BPF_JMP | BPF_EXIT, 0, 0, 0, 0 },
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_KPROBE,
				.insns = (unsigned long)insns,
				.insn_cnt = sizeof(insns) / sizeof(insns[0]),
				.license = (unsigned long)"GPL" };
	int fd = bpf(BPF_PROG_LOAD, &attr);

	return fd < 0 ? fail("BPF_PROG_LOAD") : fd;
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

/* As long as this process lives. */
static int attach(int fd, const char *place)
{
	struct perf_event_attr attr = { .size = sizeof(attr) };
	FILE *type = fopen("/sys/bus/event_source/devices/kprobe/type", "r");
	char function[128], *offset;
	int probe;

	if (!type || fscanf(type, "%u", &attr.type) != 1)
		return fail("the type of kprobes");
	fclose(type);
	snprintf(function, sizeof(function), "%s", place);
	offset = strchr(function, '+');
	if (offset) {
		*offset++ = 0;
		attr.probe_offset = strtoul(offset, NULL, 0);
	}
	attr.kprobe_func = (unsigned long)function;
	/* Of whatever processor: this one only has the event. */
	probe = syscall(SYS_perf_event_open, &attr, -1, 0, -1, 0);
	if (probe < 0)
		return fail(place);
	if (ioctl(probe, PERF_EVENT_IOC_SET_BPF, fd) || ioctl(probe, PERF_EVENT_IOC_ENABLE, 0))
		return fail("PERF_EVENT_IOC_SET_BPF");
	return probe;
}

int main(int argc, char **argv)
{
	int map = make_counters(), n, status, i;
	unsigned long long value;
	pid_t child;

	for (n = 0; n + 1 < argc && strcmp(argv[n + 1], "--"); n++) {
		int fd = n < MAX ? load_program(map, n) : -1;

		if (fd < 0 || attach(fd, argv[n + 1]) < 0)
			return 1;
		if (!is_compiled(fd)) {
			fprintf(stderr, "bpf: the program is interpreted\n");
			return 1;
		}
	}
	if (map < 0 || !n || n + 2 >= argc)
		return 2;
	child = fork();
	if (!child) {
		execvp(argv[n + 2], argv + n + 2);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status) {
		fprintf(stderr, "bpf: %s failed\n", argv[n + 2]);
		return 1;
	}
	for (i = 0; i < n; i++) {
		if (read_counter(map, i, &value))
			return 1;
		printf("%s: entered %llu times\n", argv[i + 1], value);
	}
	return 0;
}
