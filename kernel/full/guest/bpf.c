// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpf FUNCTION[+OFFSET]... -- COMMAND...: run the command while a BPF program, compiled by the
 * kernel, counts how often the kernel comes to each of these places, and print that. Fails if the command
 * does, or if the kernel takes no probe there.
 */
#include <linux/perf_event.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "bpf.h"

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
				.insn_cnt = sizeof(insns) / sizeof(insns[0]) };

	return load(&attr);
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
	int map = make_counters(8), n = places(argc, argv), i;
	unsigned long long value;

	if (map < 0 || !n)
		return 2;
	for (i = 0; i < n; i++) {
		int fd = load_program(map, i);

		if (fd < 0 || attach(fd, argv[i + 1]) < 0)
			return 1;
	}
	if (run(argv + n + 2))
		return 1;
	for (i = 0; i < n; i++) {
		if (read_counter(map, i, &value))
			return 1;
		printf("%s: entered %llu times\n", argv[i + 1], value);
	}
	return 0;
}
