// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * fentry entry:FUNCTION[@MODULE]|exit:FUNCTION[@MODULE]... -- COMMAND...: run the command while
 * BPF programs on the entry of functions, and on their exit, count, and add up what the functions are given and
 * what they return: the first argument; the 32 bits that it leads to, if it is a pointer. Fails if
 * the command does, or if the kernel does not let the program there.
 */
#include "bpf.h"
#include "btf.h"

struct place {
	char *function, *module;
	int exit;
};

struct counter {
	unsigned long long calls, given, returned;
};

/* ---- programs ---- */

struct program {
	struct bpf_insn insn[64];
	int n;
};

static void add(struct program *p, int code, int dst, int src, int off, int imm)
{
	p->insn[p->n++] = (struct bpf_insn){
		.code = code, .dst_reg = dst, .src_reg = src, .off = off, .imm = imm
	};
}

/* Of 8 bytes, leave so many, at the bottom. */
static void cut(struct program *p, int reg, int size)
{
	add(p, BPF_ALU64 | BPF_LSH | BPF_K, reg, 0, 0, 64 - 8 * size);
	add(p, BPF_ALU64 | BPF_RSH | BPF_K, reg, 0, 0, 64 - 8 * size);
}

/* r6: what the function was called with, and returns; r7: the counter. */
static void make_program(struct program *p, int map, int i, int exit, const struct btf_function *f)
{
	int leave;

	add(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_6, BPF_REG_1, 0, 0);
	add(p, BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, -4, i);
	add(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10, 0, 0);
	add(p, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0, -4);
	add(p, BPF_LD | BPF_DW | BPF_IMM, BPF_REG_1, BPF_PSEUDO_MAP_FD, 0, map);
	add(p, 0, 0, 0, 0, 0);
	add(p, BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem);
	leave = p->n;
	add(p, BPF_JMP | BPF_JEQ | BPF_K, BPF_REG_0, 0, 0, 0);
	add(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_7, BPF_REG_0, 0, 0);
	add(p, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_1, 0, 0, 1);
	add(p, BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_7, BPF_REG_1, offsetof(struct counter, calls),
	    BPF_ADD);
	if (f->argument_size) {
		add(p, BPF_LDX | BPF_MEM | BPF_DW, BPF_REG_3, BPF_REG_6, 0, 0);
		if (f->argument_is_pointer) {
			add(p, BPF_ST | BPF_MEM | BPF_DW, BPF_REG_10, 0, -16, 0);
			add(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_1, BPF_REG_10, 0, 0);
			add(p, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_1, 0, 0, -16);
			add(p, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_2, 0, 0, 4);
			add(p, BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_probe_read_kernel);
			add(p, BPF_LDX | BPF_MEM | BPF_DW, BPF_REG_3, BPF_REG_10, -16, 0);
		} else if (f->argument_size < 8) {
			cut(p, BPF_REG_3, f->argument_size);
		}
		add(p, BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_7, BPF_REG_3,
		    offsetof(struct counter, given), BPF_ADD);
	}
	if (exit && f->result_size) {
		add(p, BPF_LDX | BPF_MEM | BPF_DW, BPF_REG_1, BPF_REG_6, 8 * f->arguments, 0);
		if (f->result_size < 8)
			cut(p, BPF_REG_1, f->result_size);
		add(p, BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_7, BPF_REG_1,
		    offsetof(struct counter, returned), BPF_ADD);
	}
	p->insn[leave].off = p->n - leave - 1;
	add(p, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0);
	add(p, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

/* ---- where they go ---- */

/* The kernel has each module's types as an object. */
static int module_types(const char *module)
{
	union bpf_attr attr = { 0 };

	while (!bpf(BPF_BTF_GET_NEXT_ID, &attr)) {
		union bpf_attr by_id = { .btf_id = attr.next_id }, about;
		struct bpf_btf_info info = { 0 };
		char name[64] = "";
		int fd = bpf(BPF_BTF_GET_FD_BY_ID, &by_id);

		info.name = (unsigned long)name;
		info.name_len = sizeof(name);
		about = (union bpf_attr){ .info = { .bpf_fd = fd,
						    .info_len = sizeof(info),
						    .info = (unsigned long)&info } };
		if (fd >= 0 && !bpf(BPF_OBJ_GET_INFO_BY_FD, &about) && !strcmp(name, module))
			return fd;
		close(fd);
		attr = (union bpf_attr){ .start_id = attr.next_id };
	}
	return fail(module);
}

/* As long as this process lives. */
static int attach(const struct place *place, int map, int i)
{
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_TRACING,
				.expected_attach_type = place->exit ? BPF_TRACE_FEXIT
								    : BPF_TRACE_FENTRY };
	union bpf_attr open = { 0 };
	struct btf_function function;
	struct program program = { .n = 0 };
	struct btf btf;
	int fd;

	if (btf_open(&btf, place->module) || btf_function(&btf, place->function, &function))
		return -1;
	make_program(&program, map, i, place->exit, &function);
	attr.insns = (unsigned long)program.insn;
	attr.insn_cnt = program.n;
	attr.attach_btf_id = function.id;
	if (place->module) {
		fd = module_types(place->module);
		if (fd < 0)
			return -1;
		attr.attach_btf_obj_fd = fd;
	}
	fd = load(&attr);
	if (fd < 0)
		return -1;
	open.raw_tracepoint.prog_fd = fd;
	return bpf(BPF_RAW_TRACEPOINT_OPEN, &open) < 0 ? fail(place->function) : 0;
}

static int parse(char *word, struct place *place)
{
	char *function = strchr(word, ':');

	if (!function)
		return -1;
	*function++ = 0;
	place->exit = !strcmp(word, "exit");
	if (!place->exit && strcmp(word, "entry"))
		return -1;
	place->function = strtok(function, "@");
	place->module = strtok(NULL, "@");
	return place->function ? 0 : -1;
}

int main(int argc, char **argv)
{
	int map = make_counters(sizeof(struct counter)), n = places(argc, argv), i;
	struct place place[MAX];
	struct counter counter;

	if (map < 0 || !n)
		return 2;
	for (i = 0; i < n; i++) {
		if (parse(argv[i + 1], &place[i]))
			return 2;
		if (attach(&place[i], map, i))
			return 1;
	}
	if (run(argv + n + 2))
		return 1;
	for (i = 0; i < n; i++) {
		if (read_counter(map, i, &counter))
			return 1;
		if (place[i].exit)
			printf("%s: left %llu times, given 0x%llx, returned 0x%llx\n",
			       place[i].function, counter.calls, counter.given, counter.returned);
		else
			printf("%s: entered %llu times, given 0x%llx\n", place[i].function,
			       counter.calls, counter.given);
	}
	return 0;
}
