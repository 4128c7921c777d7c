// SPDX-License-Identifier: GPL-2.0-or-later
/* One process, or one core: read it, judge it, print it. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "live.h"

void live_free(struct live *live)
{
	size_t i;

	for (i = 0; i < live->n_keys; i++)
		free(live->keys[i].list);
	for (i = 0; i < live->n_modules; i++) {
		struct module *m = &live->modules[i];

		tables_free(&m->tables);
		image_free(&m->image);
		free(m->keys);
		free(m->unread);
		elf_end(m->elf);
		if (m->fd >= 0)
			close(m->fd);
	}
	free(live->keys);
	free(live->dynamics);
	free(live->modules);
	process_close(&live->process);
}

int live_check(long pid, const char *core, const char *binary, enum output output)
{
	struct live live = { 0 };
	struct process *p = &live.process;
	int status = 2;

	if (core ? core_open(p, core, binary) : process_open(p, pid)) {
		live_modules(&live);
		live_keys(&live);
		live_dynamics(&live);
		if (process_lives(p)) {
			if (output == JSON)
				live_print_json(&live);
			else if (output != QUIET)
				live_print(&live, output);
			status = live.stale ? 1 : 0;
		}
	}
	if (p->error && output != QUIET) {
		if (core)
			fprintf(stderr, "static_call-check: %s: %s\n", core, p->error);
		else
			fprintf(stderr, "static_call-check: process %ld: %s\n", pid, p->error);
	}
	live_free(&live);
	return status;
}
