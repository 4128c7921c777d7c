// SPDX-License-Identifier: MIT
/*
 * messages.c - what the user is told, on standard error or in a file: why the program is
 * stopped, and, if asked for, why calls are left unpatched, what keys change to, and totals at
 * the end.
 */
#include "lines.h"
#include "linux-user.h"
#include "proc.h"
#include "strerror.h"

void scrt_tell_file(struct scrt_port *port, unsigned int word, const char *file, int err)
{
	char line[384];
	size_t n = 0, max = sizeof(line) - 1;

	if (__atomic_fetch_or(&port->told, word, __ATOMIC_RELAXED) & word)
		return;
	n = scrt_line_text(line, n, max, "static_call: STATIC_CALL: cannot write to ");
	n = scrt_line_text(line, n, max - 64, file);
	n = scrt_line_text(line, n, max, " (error ");
	n = scrt_line_number(line, n, max, -err);
	n = scrt_line_text(line, n, max, ")");
	if (word & (SCRT_WORD_LOG | SCRT_WORD_STATS))
		n = scrt_line_text(line, n, max, ", so it is said here:");
	line[n++] = '\n';
	scrt_line_put(line, n);
}

/* To the file that the user wants, if there is one and it can be written; else to standard error. */
static void message_put(struct scrt_port *port, unsigned int word, const char *file,
			const char *line, size_t n)
{
	int err = *file ? scrt_line_append(file, false, line, n) : 0;

	if (err)
		scrt_tell_file(port, word, file, err);
	if (err || !*file)
		scrt_line_put(line, n);
}

static void message_log(const struct scrt_state *s, const char *line, size_t n)
{
	message_put(s->port, SCRT_WORD_LOG, s->port->words.log, line, n);
}

void scrt_fatal(const struct scrt_state *s, const char *name, int err)
{
	char line[256];
	size_t n = 0, max = sizeof(line) - 1;

	n = scrt_line_text(line, n, max, "static_call: a store changed the key ");
	n = scrt_line_text(line, n, max / 2, name ? name : "(no name)");
	n = scrt_line_text(line, n, max, ", but its call sites cannot follow: ");
	n = scrt_line_text(line, n, max, scrt_strerror(err));
	n = scrt_line_text(line, n, max, " (error ");
	n = scrt_line_number(line, n, max, -err);
	n = scrt_line_text(line, n, max, ")");
	line[n++] = '\n';
	scrt_line_put(line, n);
	/* Nobody may see that of a program in the background. */
	if (s && s->log && *s->port->words.log)
		scrt_line_append(s->port->words.log, false, line, n);
	__builtin_trap();
}

/* The file that an address belongs to. */
static bool message_file(uintptr_t address, struct scrt_mapping *mapping)
{
	struct scrt_maps maps;
	bool found = false;

	if (!scrt_maps_open(&maps))
		return false;
	while (!found && scrt_maps_next(&maps, mapping))
		found = address >= mapping->lo && address < mapping->hi && mapping->name[0];
	scrt_maps_close(&maps);
	/* Of a copy nobody knows the offset in the file. */
	return found && !scrt_mapping_is_copy(mapping);
}

void scrt_log(const struct scrt_state *s, const struct static_call_key_module *desc, int err)
{
	struct scrt_mapping mapping;
	char line[384];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log)
		return;
	n = scrt_line_text(line, n, max, "static_call: ");
	n = scrt_line_text(line, n, max,
			   message_file((uintptr_t)desc, &mapping) ? mapping.name : "(a module)");
	n = scrt_line_text(line, n, max, ": calls are left unpatched: ");
	n = scrt_line_text(line, n, max, scrt_strerror(err));
	n = scrt_line_text(line, n, max, " (error ");
	n = scrt_line_number(line, n, max, -err);
	n = scrt_line_text(line, n, max, ")");
	line[n++] = '\n';
	message_log(s, line, n);
}

void scrt_log_offer(const struct scrt_state *s, const char *name, bool known)
{
	char line[384];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log)
		return;
	n = scrt_line_text(line, n, max, "static_call: STATIC_CALL=offer: ");
	n = scrt_line_text(line, n, max / 2, name);
	n = scrt_line_text(
		line, n, max,
		known ? " is not forced: its predicate says that it cannot be had"
		      : " is not forced: no function of this name is offered to the key");
	line[n++] = '\n';
	message_log(s, line, n);
}

void scrt_log_words(const struct scrt_state *s, const char *words)
{
	char line[128];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log || !*words)
		return;
	n = scrt_line_text(line, n, max, "static_call: STATIC_CALL: unknown or incomplete: ");
	n = scrt_line_text(line, n, max, words);
	line[n++] = '\n';
	message_log(s, line, n);
}

/* Symbols are for who reads it: the file and the place in it are told, as addr2line wants them. */
void scrt_log_update(const struct scrt_state *s, const char *name, uintptr_t target, int err)
{
	struct scrt_mapping mapping;
	char line[384];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log)
		return;
	n = scrt_line_text(line, n, max, "static_call: key ");
	n = scrt_line_text(line, n, max / 3, name ? name : "(without calls)");
	n = scrt_line_text(line, n, max, err ? " does not change to " : " changes to ");
	n = scrt_line_text(line, n, max, target ? "0x" : "NULL");
	if (target)
		n = scrt_line_hex(line, n, max, target);
	if (target && message_file(target, &mapping)) {
		n = scrt_line_text(line, n, max, " (");
		n = scrt_line_text(line, n, max, mapping.name);
		n = scrt_line_text(line, n, max, ", offset 0x");
		n = scrt_line_hex(line, n, max, target - mapping.lo + mapping.offset);
		n = scrt_line_text(line, n, max, ")");
	}
	if (err) {
		n = scrt_line_text(line, n, max, ": ");
		n = scrt_line_text(line, n, max, scrt_strerror(err));
	}
	line[n++] = '\n';
	message_log(s, line, n);
}

static size_t message_count(char *line, size_t at, size_t max, uint64_t n, const char *what)
{
	at = scrt_line_number(line, at, max, n);
	return scrt_line_text(line, at, max, what);
}

void scrt_print_totals(const struct scrt_state *s)
{
	const struct scrt_totals *t = &s->totals;
	char line[512];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->stats)
		return;
	n = scrt_line_text(line, n, max, "static_call: process ");
	n = message_count(line, n, max, syscall3(__NR_getpid, 0, 0, 0), ": ");
	n = message_count(line, n, max, t->modules, " modules, ");
	n = message_count(line, n, max, t->records, " keys, ");
	n = message_count(line, n, max, t->sites, " sites (");
	n = message_count(line, n, max, t->patched, " patched), ");
	n = message_count(line, n, max, t->guards, " guards, ");
	n = message_count(line, n, max, t->updates, " updates (");
	n = message_count(line, n, max, t->failed, " more failed)");
	if (t->dynamic) {
		n = scrt_line_text(line, n, max, "; ");
		n = message_count(line, n, max, t->dynamic, " dynamic calls (");
		n = message_count(line, n, max, t->learned, " learned, ");
		n = message_count(line, n, max, t->given_up, " given up)");
	}
	if (s->counting) {
		n = scrt_line_text(line, n, max, ", ");
		n = message_count(line, n, max, t->hits, " hits, ");
		n = message_count(line, n, max, t->misses, " misses");
	}
	line[n++] = '\n';
	message_put(s->port, SCRT_WORD_STATS, s->port->words.stats, line, n);
}
