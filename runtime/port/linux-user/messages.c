// SPDX-License-Identifier: MIT
/*
 * messages.c - what the user is told, on standard error: why the program is stopped, and,
 * if asked for, why calls are left unpatched, what keys change to, and totals at the end.
 */
#include "linux-user.h"
#include "proc.h"
#include "strerror.h"

static size_t message_append(char *line, size_t at, size_t max, const char *s)
{
	while (*s && at < max)
		line[at++] = *s++;
	return at;
}

static size_t message_number(char *line, size_t at, size_t max, uint64_t n)
{
	char digits[24];
	size_t i = sizeof(digits) - 1;

	digits[i] = '\0';
	do {
		digits[--i] = '0' + n % 10;
		n /= 10;
	} while (n);
	return message_append(line, at, max, digits + i);
}

void scrt_fatal(const char *name, int err)
{
	char line[256];
	size_t n = 0, max = sizeof(line) - 1;

	n = message_append(line, n, max, "static_call: a store changed the key ");
	n = message_append(line, n, max / 2, name ? name : "(no name)");
	n = message_append(line, n, max, ", but its call sites cannot follow: ");
	n = message_append(line, n, max, scrt_strerror(err));
	n = message_append(line, n, max, " (error ");
	n = message_number(line, n, max, -err);
	n = message_append(line, n, max, ")");
	line[n++] = '\n';
	syscall3(__NR_write, 2, (long)line, n);
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
	return found;
}

void scrt_log(const struct scrt_state *s, const struct static_call_key_module *desc, int err)
{
	struct scrt_mapping mapping;
	char line[384];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log)
		return;
	n = message_append(line, n, max, "static_call: ");
	n = message_append(line, n, max,
			   message_file((uintptr_t)desc, &mapping) ? mapping.name : "(a module)");
	n = message_append(line, n, max, ": calls are left unpatched: ");
	n = message_append(line, n, max, scrt_strerror(err));
	n = message_append(line, n, max, " (error ");
	n = message_number(line, n, max, -err);
	n = message_append(line, n, max, ")");
	line[n++] = '\n';
	syscall3(__NR_write, 2, (long)line, n);
}

void scrt_log_offer(const struct scrt_state *s, const char *name, bool known)
{
	char line[384];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log)
		return;
	n = message_append(line, n, max, "static_call: STATIC_CALL=offer: ");
	n = message_append(line, n, max / 2, name);
	n = message_append(
		line, n, max,
		known ? " is not forced: its predicate says that it cannot be had"
		      : " is not forced: no function of this name is offered to the key");
	line[n++] = '\n';
	syscall3(__NR_write, 2, (long)line, n);
}

void scrt_log_words(const struct scrt_state *s, const char *words)
{
	char line[128];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log || !*words)
		return;
	n = message_append(line, n, max, "static_call: STATIC_CALL: unknown or incomplete: ");
	n = message_append(line, n, max, words);
	line[n++] = '\n';
	syscall3(__NR_write, 2, (long)line, n);
}

static size_t message_hex(char *line, size_t at, size_t max, uintptr_t n)
{
	int shift = 60;

	at = message_append(line, at, max, "0x");
	while (shift && !(n >> shift))
		shift -= 4;
	for (; shift >= 0 && at < max; shift -= 4)
		line[at++] = "0123456789abcdef"[n >> shift & 15];
	return at;
}

/* Symbols are for who reads it: the file and the place in it are told, as addr2line wants them. */
void scrt_log_update(const struct scrt_state *s, const char *name, uintptr_t target, int err)
{
	struct scrt_mapping mapping;
	char line[384];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->log)
		return;
	n = message_append(line, n, max, "static_call: key ");
	n = message_append(line, n, max / 3, name ? name : "(without calls)");
	n = message_append(line, n, max, err ? " does not change to " : " changes to ");
	n = target ? message_hex(line, n, max, target) : message_append(line, n, max, "NULL");
	if (target && message_file(target, &mapping)) {
		n = message_append(line, n, max, " (");
		n = message_append(line, n, max, mapping.name);
		n = message_append(line, n, max, ", offset ");
		n = message_hex(line, n, max, target - mapping.lo + mapping.offset);
		n = message_append(line, n, max, ")");
	}
	if (err) {
		n = message_append(line, n, max, ": ");
		n = message_append(line, n, max, scrt_strerror(err));
	}
	line[n++] = '\n';
	syscall3(__NR_write, 2, (long)line, n);
}

static size_t message_count(char *line, size_t at, size_t max, uint64_t n, const char *what)
{
	at = message_number(line, at, max, n);
	return message_append(line, at, max, what);
}

void scrt_print_totals(const struct scrt_state *s)
{
	const struct scrt_totals *t = &s->totals;
	char line[512];
	size_t n = 0, max = sizeof(line) - 1;

	if (!s->stats)
		return;
	n = message_append(line, n, max, "static_call: process ");
	n = message_count(line, n, max, syscall3(__NR_getpid, 0, 0, 0), ": ");
	n = message_count(line, n, max, t->modules, " modules, ");
	n = message_count(line, n, max, t->records, " keys, ");
	n = message_count(line, n, max, t->sites, " sites (");
	n = message_count(line, n, max, t->patched, " patched), ");
	n = message_count(line, n, max, t->guards, " guards, ");
	n = message_count(line, n, max, t->updates, " updates (");
	n = message_count(line, n, max, t->failed, " more failed)");
	if (t->dynamic) {
		n = message_append(line, n, max, "; ");
		n = message_count(line, n, max, t->dynamic, " dynamic calls (");
		n = message_count(line, n, max, t->learned, " learned, ");
		n = message_count(line, n, max, t->given_up, " given up)");
	}
	if (s->counting) {
		n = message_append(line, n, max, ", ");
		n = message_count(line, n, max, t->hits, " hits, ");
		n = message_count(line, n, max, t->misses, " misses");
	}
	line[n++] = '\n';
	syscall3(__NR_write, 2, (long)line, n);
}
