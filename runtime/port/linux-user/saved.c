// SPDX-License-Identifier: MIT
/*
 * saved.c - what was learned of dynamic calls, in a file of text for the next process: a line
 * for each site, or state with a name, and the targets that it had, with how many calls,
 *
 *	prog@0123456789abcdef +0x1234 prog@0123456789abcdef +0x1450 900 libc.so.6@... +0x8f0 100
 *
 * Places are files, see files.c, and how far behind their start. Lines of files that are not
 * there, or are another version, are passed over; so is a site that is not in the table of
 * its module. Whatever else is wrong makes calls slower: blocks are right always.
 */
#include <linux/fcntl.h>

#include "dynamic-query.h"
#include "enter.h"
#include "files.h"
#include "learned.h"
#include "linux-user.h"
#include "proc.h"

/* ---- writing ---- */

struct saved_writer {
	int fd;
	int err;
	size_t n;
	char buffer[1024];
};

static void saved_flush(struct saved_writer *w)
{
	size_t done = 0;
	long n;

	while (!w->err && done < w->n) {
		n = syscall3(__NR_write, w->fd, (long)w->buffer + done, w->n - done);
		if (syscall_failed(n))
			w->err = n;
		else
			done += n;
	}
	w->n = 0;
}

static void saved_put(struct saved_writer *w, const char *text)
{
	for (; *text; text++) {
		if (w->n == sizeof(w->buffer))
			saved_flush(w);
		w->buffer[w->n++] = *text;
	}
}

static void saved_put_number(struct saved_writer *w, uint64_t number, unsigned int base)
{
	char digits[24];
	unsigned int i = sizeof(digits) - 1;

	digits[i] = '\0';
	do {
		digits[--i] = "0123456789abcdef"[number % base];
		number /= base;
	} while (number);
	saved_put(w, digits + i);
}

static void saved_put_place(struct saved_writer *w, const struct scrt_file *file, uintptr_t address)
{
	saved_put(w, file->name);
	saved_put(w, " +0x");
	saved_put_number(w, address - file->lo, 16);
}

static void saved_put_slot(struct saved_writer *w, const struct scrt_files *files,
			   const struct scrt_dynamic *d, const struct scrt_slot *slot)
{
	const struct scrt_file *file = scrt_files_at(files, slot->id);
	struct static_call_dynamic_info info;
	unsigned int i;

	if (!slot->id || slot->mode == SCRT_SLOT_REFUSED || !file)
		return;
	scrt_dynamic_describe(d, slot, &info);
	if (slot->mode == SCRT_SLOT_LEARNING && scrt_load(&slot->total) < SCRT_LEARN_LEAST)
		return;
	saved_put_place(w, file, slot->id);
	for (i = 0; i < info.functions; i++) {
		uintptr_t target = (uintptr_t)info.function[i];

		file = scrt_files_at(files, target);
		if (!file) {
			info.others += info.count[i];
			continue;
		}
		saved_put(w, " ");
		saved_put_place(w, file, target);
		saved_put(w, " ");
		saved_put_number(w, info.count[i], 10);
	}
	saved_put(w, " others ");
	saved_put_number(w, info.others, 10);
	saved_put(w, "\n");
}

static void saved_put_module(struct saved_writer *w, const struct scrt_files *files,
			     const struct scrt_dynamic *d)
{
	uint32_t n = scrt_slots(d), i;

	for (i = 0; i < n; i++)
		saved_put_slot(w, files, d, &d->slots[i]);
}

/* Of one module, or (NULL) of all. */
static int saved_write(struct scrt_state *s, const char *path, int flags,
		       const struct scrt_dynamic *only)
{
	struct scrt_files *files = scrt_files_read();
	struct saved_writer w = { 0 };
	size_t i;
	long fd;

	if (!files)
		return -ENOENT;
	fd = syscall4(__NR_openat, AT_FDCWD, (long)path, O_WRONLY | O_CREAT | O_CLOEXEC | flags,
		      0666);
	if (!syscall_failed(fd)) {
		w.fd = fd;
		for (i = 0; s->registry && i < s->registry->nmodules; i++) {
			const struct scrt_dynamic *d = s->registry->modules[i]->dynamic;

			if (d && (!only || d == only))
				saved_put_module(&w, files, d);
		}
		saved_flush(&w);
		syscall3(__NR_close, fd, 0, 0);
	}
	scrt_free(files, files->bytes);
	return syscall_failed(fd) ? (int)fd : w.err;
}

/* ---- reading ---- */

/* A word of a line; *c is what ends it. The rest of one that is too long is dropped. */
static size_t saved_word(struct scrt_maps *in, int *c, char *word, size_t max)
{
	size_t n = 0;

	while ((*c = scrt_file_get(in)) > ' ')
		if (n + 1 < max)
			word[n++] = *c;
	word[n] = '\0';
	return n;
}

static uint64_t saved_number(const char *word, unsigned int base)
{
	uint64_t n = 0;

	for (; *word; word++) {
		unsigned int digit = *word >= 'a' ? *word - 'a' + 10 : *word - '0';

		if (digit >= base || n >> 56)
			return 0;
		n = n * base + digit;
	}
	return n;
}

/* A file that was read before, and how far behind its start: an address; 0: of no file here. */
static uintptr_t saved_place(struct scrt_maps *in, int *c, const struct scrt_file *file)
{
	uint64_t offset;
	char word[24];

	if (*c != ' ')
		return 0;
	saved_word(in, c, word, sizeof(word));
	if (!file || word[0] != '+' || word[1] != '0' || word[2] != 'x')
		return 0;
	offset = saved_number(word + 3, 16);
	return offset < file->hi - file->lo ? file->lo + offset : 0;
}

struct saved_line {
	uintptr_t id;
	unsigned int n;
	uint64_t others;
	uintptr_t target[SCRT_BLOCK_TARGETS];
	uint64_t count[SCRT_BLOCK_TARGETS];
};

/* False at the end of the file. */
static bool saved_read_line(struct scrt_maps *in, const struct scrt_files *files,
			    struct saved_line *line)
{
	char word[sizeof(files->file[0].name)];
	uintptr_t place;
	uint64_t count;
	int c;

	*line = (struct saved_line){ 0 };
	saved_word(in, &c, word, sizeof(word));
	if (c == ' ')
		line->id = saved_place(in, &c, scrt_files_named(files, word));
	while (c == ' ') {
		bool others;

		saved_word(in, &c, word, sizeof(word));
		others = word[0] == 'o' && word[1] == 't' && word[6] == '\0';
		place = others ? 0 : saved_place(in, &c, scrt_files_named(files, word));
		if (c != ' ')
			break;
		saved_word(in, &c, word, sizeof(word));
		count = saved_number(word, 10) & 0xffffffffu;
		if (!place || line->n == SCRT_BLOCK_TARGETS) {
			line->others += count;
		} else {
			line->target[line->n] = place;
			line->count[line->n++] = count;
		}
	}
	while (c > 0 && c != '\n')
		c = scrt_file_get(in);
	return c > 0;
}

/* Counts are made so small that a sum of them fits. */
static void saved_fill(struct scrt_slot *slot, const struct saved_line *line)
{
	uint64_t sum = line->others;
	unsigned int i, shift = 0;

	for (i = 0; i < line->n; i++)
		sum += line->count[i];
	while (sum >> shift > 0x10000)
		shift++;
	for (i = 0; i < SCRT_BLOCK_TARGETS; i++) {
		scrt_store(&slot->count[i], i < line->n ? line->count[i] >> shift : 0);
		__atomic_store_n(&slot->target[i], i < line->n ? line->target[i] : 0,
				 __ATOMIC_RELAXED);
	}
	scrt_store(&slot->other, line->others >> shift);
	/* The next call decides nothing: what asks for a switch are multiples. */
	scrt_store(&slot->total, (sum >> shift) | SCRT_LEARN_LEAST | 1);
	slot->again = 1;
}

/* The module's table says which sites there are, and how they make their calls. */
static void saved_know_states(struct scrt_dynamic *d)
{
	const struct static_call_key_dynamic *e =
		(const struct static_call_key_dynamic *)(uintptr_t)d->desc->dynamics_start;
	const struct static_call_key_dynamic *end =
		(const struct static_call_key_dynamic *)(uintptr_t)d->desc->dynamics_stop;
	uint32_t n = scrt_slots(d), i;
	uintptr_t page = 0;

	for (; e < end; e++) {
		uintptr_t state = scrt_relative(&e->state);
		bool tail = state & STATIC_CALL_KEY_DYNAMIC_TAIL, named;
		struct scrt_slot *slot;

		state &= ~(uintptr_t)STATIC_CALL_KEY_DYNAMIC_FLAGS;
		if (!scrt_readable_next(state, &page))
			continue;
		named = ((const struct static_call_key_state *)state)->name;
		slot = scrt_slot_find(d, named ? state | STATIC_CALL_KEY_STATE_SHARED
					       : scrt_relative(&e->site));
		if (slot && !slot->state) {
			slot->state = state;
			slot->call = !tail && !named;
		}
	}
	for (i = 0; i < n; i++)
		if (!d->slots[i].state)
			d->slots[i].id = 0;
}

static void saved_load_into(struct scrt_dynamic *d, struct scrt_maps *in,
			    const struct scrt_files *files)
{
	const struct scrt_file *own = scrt_files_at(files, (uintptr_t)d->desc);
	struct saved_line line;
	struct scrt_slot *slot;
	bool any = false;

	while (own && saved_read_line(in, files, &line)) {
		if (line.id < own->lo || line.id >= own->hi)
			continue;
		slot = scrt_slot_take(d, line.id, 0, false);
		if (!slot || slot->mode != SCRT_SLOT_LEARNING)
			continue;
		saved_fill(slot, &line);
		any = true;
	}
	if (!any)
		return;
	saved_know_states(d);
	scrt_learned_decide(d, SCRT_LEARN_LEAST);
}

int scrt_saved_load(struct scrt_dynamic *d, const char *path)
{
	struct scrt_files *files;
	struct scrt_maps in;
	int err = scrt_file_open(&in, path);

	if (err)
		return err;
	files = scrt_files_read();
	if (files) {
		saved_load_into(d, &in, files);
		scrt_free(files, files->bytes);
	}
	scrt_maps_close(&in);
	return files ? d->why : -ENOENT;
}

void scrt_saved_append(const struct scrt_dynamic *d, const char *path)
{
	int err = saved_write(d->state, path, O_APPEND, d);

	if (err)
		scrt_tell_file(d->state->port, SCRT_WORD_SAVE, path, err);
}

/* ---- the API ---- */

int static_call_key_rt_dynamic_save(const char *path)
{
	struct scrt_state *s;
	int err;

	if (!path)
		return -EINVAL;
	err = scrt_enter(&s);
	if (err)
		return err;
	err = saved_write(s, path, O_TRUNC, NULL);
	scrt_leave(s);
	return err;
}

int static_call_key_rt_dynamic_load(const char *path)
{
	struct scrt_state *s;
	int err, first = 0;
	size_t i;

	if (!path)
		return -EINVAL;
	err = scrt_enter(&s);
	if (err)
		return err;
	for (i = 0; s->registry && i < s->registry->nmodules; i++) {
		struct scrt_dynamic *d = s->registry->modules[i]->dynamic;

		err = d && !d->why ? scrt_saved_load(d, path) : 0;
		if (err && !first)
			first = err;
	}
	scrt_leave(s);
	return first;
}
