// SPDX-License-Identifier: MIT
/*
 * perf.c - under STATIC_CALL=perf, names for the code that is written for dynamic calls, where
 * perf(1) looks for those of code that no file has: /tmp/perf-PID.map, a line each,
 *
 *	7f0012340040 1e static_call to libfoo.so+0x1234
 *
 * "to" a function, for code that all calls of it share; "of" a site or a named state, for code of
 * its own. As addr2line(1) wants it: a file, and where in it.
 */
#include "lines.h"
#include "linux-user.h"
#include "proc.h"

static size_t perf_place(char *line, size_t at, size_t max, uintptr_t address)
{
	struct scrt_mapping mapping;
	const char *name = NULL, *p;
	struct scrt_maps maps;

	if (scrt_maps_open(&maps)) {
		while (!name && scrt_maps_next(&maps, &mapping))
			if (address >= mapping.lo && address < mapping.hi && mapping.name[0])
				name = mapping.name;
		scrt_maps_close(&maps);
	}
	if (!name)
		return scrt_line_hex(line, scrt_line_text(line, at, max, "0x"), max, address);
	for (p = name; *p; p++)
		if (*p == '/')
			name = p + 1;
	at = scrt_line_text(line, at, max / 2, name);
	at = scrt_line_text(line, at, max, "+0x");
	return scrt_line_hex(line, at, max, address - mapping.lo + mapping.offset);
}

/* path: of the map, to be filled in. Not inlined: what follows needs stack of its own. */
__attribute__((noinline)) static int perf_append(char *path, size_t max_path, uintptr_t code,
						 size_t bytes, uintptr_t of, bool to)
{
	char line[192];
	size_t n = 0, max = sizeof(line) - 1;

	n = scrt_line_text(path, n, max_path, "/tmp/perf-");
	n = scrt_line_number(path, n, max_path, syscall3(__NR_getpid, 0, 0, 0));
	n = scrt_line_text(path, n, max_path, ".map");
	path[n] = '\0';

	n = scrt_line_hex(line, 0, max, code);
	n = scrt_line_text(line, n, max, " ");
	n = scrt_line_hex(line, n, max, bytes);
	n = scrt_line_text(line, n, max, to ? " static_call to " : " static_call of ");
	n = perf_place(line, n, max, of);
	line[n++] = '\n';
	return scrt_line_append(path, true, line, n);
}

void scrt_perf_code(const struct scrt_state *s, uintptr_t code, size_t bytes, uintptr_t of, bool to)
{
	char path[40];
	int err;

	if (!s->perf)
		return;
	err = perf_append(path, sizeof(path) - 1, code, bytes, of, to);
	if (err)
		scrt_tell_file(s->port, SCRT_WORD_PERF, path, err);
}
