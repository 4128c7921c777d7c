/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static_call-stress: is one store to code that runs safe on this machine? Forms and stores are
 * the runtime's own (x86_64.h, x86_64-body.h, x86_64-block.h); threads run through sites of every
 * kind, at each place in a line where the plugin puts one, while another thread changes them.
 * Each file calls only files that stand below it here:
 *
 *	static_call-stress.c	the command: options, and the line that is the result
 *	stress-run.c		threads that call, one that stores, and what each call reached
 *	stress-code.c		sites as the plugin makes them, and what they lead to
 *	stress-control.c	sites as it does not make them: these may tear
 *	stress-memory.c		memory for code, and small pieces of code in it
 *	stress-machine.c	what machine this is
 */
#ifndef STATIC_CALL_STRESS_H
#define STATIC_CALL_STRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "x86_64-block.h"
#include "x86_64-body.h"

#define STRESS_FORMS     16
#define STRESS_PLACES    256
/* A one-instruction lead to each site: code is entered there and at the site by turns. */
#define STRESS_LEAD      4

/* What registers hold before a call; none of them is the result of one that reached a target. */
#define STRESS_RAX       0x11110000u
#define STRESS_RDX       0x22220000u
#define STRESS_R11       0x33330000u
/* In the place of the argument, which is an address. */
#define STRESS_X         0x44440000u
/* %rax of who reached this target. */
#define STRESS_COOKIE(i) (0x5a17c000u + (i))

/* What is left of a call: two registers, and the byte that its argument points to. */
struct stress_result {
	uint64_t rax, rdx, byte;
};

struct stress_form {
	const char *name;
	uint64_t bytes;
	struct stress_result result;
};

/* One site, and the forms that it has in turn. */
struct stress_place {
	const char *kind;
	uintptr_t site;
	uintptr_t r10;
	struct stress_form form[STRESS_FORMS];
	unsigned int forms;
	/* Its forms by the number of the update: each follows each other one once a round. */
	unsigned int round;
	uint8_t order[STRESS_FORMS * STRESS_FORMS];
	/* Replace one form by another; false if the site holds neither. */
	bool (*store)(uintptr_t site, uint64_t old, uint64_t wanted);
	/* The last update that was begun, and the last that every processor has seen. */
	uint64_t begun __attribute__((aligned(128)));
	uint64_t done;
};

/* Memory that is writable and executable, in parts that are far from each other. */
struct stress_memory {
	uint8_t *low, *middle, *high;
	uint8_t *next_low, *next_middle, *next_high;
};

/* What a run does, and what came of it. */
struct stress_run {
	/* Make the places; how many, or -errno. Called in the child. */
	int (*prepare)(struct stress_memory *m, struct stress_place *places);
	double seconds;
	unsigned int callers;
	bool until_wrong; /* a control */

	const char *error; /* it could not be done; and errno */
	int err;
	unsigned int places, processors;
	bool barrier; /* membarrier() serialises the callers */
	uint64_t calls, during, updates, wrong;
	int signal; /* that ended it */
	/* The first wrong call. */
	const char *kind, *from, *to;
	unsigned int offset; /* in the line */
	struct stress_result result;
};

/* stress-machine.c: "Model, vendor family/model/stepping, microcode, ..., kernel". */
void stress_machine(char *text, size_t size);

/* stress-memory.c */
#define STRESS_PART 0x20000
int stress_memory(struct stress_memory *m);
/* Code behind *next that returns this cookie, and %r11 in %rdx. */
uintptr_t stress_target(uint8_t **next, uint32_t cookie);
uintptr_t stress_bytes(uint8_t **next, const void *bytes, size_t n);
/* A place whose site is so far behind the start of a line, of code in front of behind, size bytes. */
struct stress_place *stress_place(struct stress_memory *m, struct stress_place *place,
				  const char *kind, unsigned int offset);
void stress_add(struct stress_place *p, const char *name, uint64_t bytes, uint64_t rax,
		uint64_t rdx);
/* All forms are there: the first one is written. */
void stress_ready(struct stress_place *p);

/* stress-code.c, stress-control.c: .prepare of a run */
int stress_product(struct stress_memory *m, struct stress_place *places);
int stress_across_32(struct stress_memory *m, struct stress_place *places);
int stress_across_64(struct stress_memory *m, struct stress_place *places);
int stress_two_instructions(struct stress_memory *m, struct stress_place *places);

/* stress-run.c */
void stress_run(struct stress_run *run);

#endif
