/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static_call-check --pid and --core: what the sites of a program hold that runs, or ran.
 * Nothing is stopped and nothing written. Each file calls only files below it, and the
 * checker's readers:
 *
 *	live-check.c	one process or core: read, judge, print
 *	live-print.c	what was found, as text and as JSON
 *	live-keys.c	keys, and sites and guards against what their key holds
 *	live-dynamic.c	dynamic calls, and the code that was written for them
 *	live-modules.c	the mapped files, by the checker's readers
 *	live-core.c	memory and mappings that a core file has
 *	live-process.c	the same of a process
 */
#ifndef STATIC_CALL_LIVE_H
#define STATIC_CALL_LIVE_H

#include "static_call-check.h"

#define LIVE_TARGETS 6 /* that a dynamic call is compared with, at most */

struct mapping {
	uint64_t lo, hi;
	uint64_t offset; /* in the file */
	uint64_t inode;  /* 0: there is none, or it is not known */
	bool exec;
	char *name;
};

/* Memory that a core file has. */
struct segment {
	uint64_t addr, size, offset;
};

struct process {
	long pid; /* 0: a core */
	int mem;  /* /proc/PID/mem, or the core */
	struct mapping *maps;
	size_t n_maps, room_maps;
	struct segment *segments;
	size_t n_segments, room_segments;
	bool (*read)(const struct process *p, uint64_t addr, void *to, size_t size);
	char *binary; /* of a core: the program's file, if it is not where it was */
	char *error;
};

/* A mapped file. Addresses in image and tables are the file's: bias is added in memory. */
struct module {
	const char *name;
	struct image image;
	struct tables tables;
	uint64_t bias;
	Elf *elf;
	int fd;
	bool keyed;      /* it has tables, */
	char *unread;    /* ... or cannot be read, for this reason */
	bool registered; /* with a runtime, now */
	bool learns;     /* its dynamic calls are seen by the runtime */
	uint64_t *keys;  /* by record: the key's address in memory, 0: none */
};

enum live_form {
	LIVE_DIRECT,     /* a branch to what the key holds, */
	LIVE_BODY,       /* ... or that itself */
	LIVE_NOTHING,    /* a no-op, for the key holds NULL */
	LIVE_INLINED,    /* of a guard: it leads to inlined code, */
	LIVE_SLOW,       /* ... or to the call, as the key holds something else */
	LIVE_TRAMPOLINE, /* it asks the key each time */
	LIVE_STALE,      /* it does what the key does not say */
	LIVE_BREAKPOINT, /* somebody's int3 is on it */
	LIVE_FORMS
};

struct live_site {
	const struct module *module;
	uint64_t addr;
	uint64_t dest; /* of a branch, or 0 */
	enum live_form form;
	const char *why; /* of what is left on the trampoline; or NULL */
	bool tail;
};

struct live_key {
	uint64_t addr;
	uint64_t value;
	const char *name;
	bool readable;
	bool has_body; /* a module tells what its target does */
	size_t sites[LIVE_FORMS];
	struct live_site *list; /* with the guards, by module and address */
	size_t n, room;
};

enum live_state { LIVE_AS_LINKED, LIVE_LEARNED, LIVE_GIVEN_UP, LIVE_ODD };

struct live_dynamic {
	const struct module *module;
	uint64_t addr;
	const char *name; /* that it shares what it learns by; or NULL */
	enum live_state state;
	unsigned int n; /* targets */
	uint64_t target[LIVE_TARGETS];
	bool counted;
	uint64_t hits[LIVE_TARGETS];
	uint64_t misses;
};

struct live {
	struct process process;
	struct module *modules;
	size_t n_modules, room_modules;
	struct live_key *keys; /* by address */
	size_t n_keys, room_keys;
	struct live_dynamic *dynamics;
	size_t n_dynamics, room_dynamics;
	size_t stale; /* of all keys */
};

bool process_open(struct process *p, long pid);
bool core_open(struct process *p, const char *file, const char *binary);
void process_close(struct process *p);
/* All size bytes; false if they cannot be read. */
static inline bool process_read(const struct process *p, uint64_t addr, void *to, size_t size)
{
	return p->read(p, addr, to, size);
}

/* Is there still something to read? Else .error says what became of it. */
bool process_lives(struct process *p);
bool process_fail(struct process *p, char *why);
/* The file of a mapping, as the process has it; or -1. */
int process_file(const struct process *p, const struct mapping *m);

void live_modules(struct live *live);
/* "symbol+0x12 in file", of an address in memory; to be freed. */
char *live_where(const struct live *live, uint64_t addr);
const struct module *live_module_at(const struct live *live, uint64_t addr);

void live_keys(struct live *live);
void live_dynamics(struct live *live);
void live_free(struct live *live);

void live_print(const struct live *live, enum output output);
void live_print_json(const struct live *live);

/* The command: pid, or a core. Exit status. */
int live_check(long pid, const char *core, const char *binary, enum output output);

#endif
