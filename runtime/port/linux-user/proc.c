// SPDX-License-Identifier: MIT
/*
 * proc.c - what /proc says of this process: its mappings, a line at a
 * time,
 *
 *	55d0c8a01000-55d0c8a05000 r-xp 00001000 fe:00 1234    /usr/bin/name
 *
 * and the variable STATIC_CALL of its environment. The directory of the thread is
 * used, because that of a process whose first thread has ended shows nothing.
 */
#include <linux/auxvec.h>
#include <linux/fcntl.h>

#include "port-types.h"
#include "proc.h"
#include "syscall.h"

int scrt_file_open(struct scrt_maps *maps, const char *path)
{
	long fd = syscall4(__NR_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC, 0);

	if (syscall_failed(fd))
		return fd;
	maps->fd = fd;
	maps->next = maps->end = 0;
	maps->ended = maps->failed = false;
	maps->path = NULL;
	return 0;
}

static bool proc_open(struct scrt_maps *maps, const char *path)
{
	return scrt_file_open(maps, path) == 0;
}

bool scrt_maps_open(struct scrt_maps *maps)
{
	return proc_open(maps, "/proc/thread-self/maps");
}

void scrt_maps_close(struct scrt_maps *maps)
{
	syscall3(__NR_close, maps->fd, 0, 0);
}

/* The next character; -1 at the end, or when the kernel gives no more. */
int scrt_file_get(struct scrt_maps *maps)
{
	long n;

	if (maps->ended)
		return -1;
	if (maps->next == maps->end) {
		n = syscall3(__NR_read, maps->fd, (long)maps->buffer, sizeof(maps->buffer));
		maps->ended = n <= 0;
		maps->failed = n < 0;
		if (maps->ended)
			return -1;
		maps->next = 0;
		maps->end = n;
	}
	return (unsigned char)maps->buffer[maps->next++];
}

/*
 * A hexadecimal number, and the character that ends it. Inodes are decimal: they only
 * have to be told from each other.
 */
static uintptr_t proc_number(struct scrt_maps *maps)
{
	uintptr_t n = 0;
	int c;

	for (;;) {
		c = scrt_file_get(maps);
		if (c >= '0' && c <= '9')
			n = n * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			n = n * 16 + (c - 'a' + 10);
		else
			return n;
	}
}

/* The rest of the line; false if it has no end. */
static bool proc_name(struct scrt_maps *maps, struct scrt_mapping *mapping)
{
	const size_t most = sizeof(mapping->name) - 1;
	size_t length = 0, whole = 0, i;
	int c;

	do
		c = scrt_file_get(maps);
	while (c == ' ');
	for (; c != '\n' && c != -1; c = scrt_file_get(maps)) {
		if (maps->path && whole + 1 < maps->path_max)
			maps->path[whole] = c;
		whole++;
		if (length == most) {
			length = most / 2;
			for (i = 0; i < length; i++)
				mapping->name[i] = i < 3 ? '.' : mapping->name[most - length + i];
		}
		mapping->name[length++] = c;
	}
	mapping->name[length] = '\0';
	if (maps->path)
		maps->path[whole < maps->path_max ? whole : 0] = '\0';
	return c == '\n';
}

/* The kernel puts a slash before the name of such a file, and calls it deleted. */
bool scrt_mapping_is_copy(const struct scrt_mapping *mapping)
{
	static const char name[] = "/memfd:" SCRT_COPY_NAME " (deleted)";
	size_t i;

	for (i = 0; i < sizeof(name) && mapping->name[i] == name[i]; i++)
		;
	return i == sizeof(name);
}

bool scrt_maps_next(struct scrt_maps *maps, struct scrt_mapping *mapping)
{
	mapping->lo = proc_number(maps);
	mapping->hi = proc_number(maps);
	mapping->readable = scrt_file_get(maps) == 'r';
	mapping->writable = scrt_file_get(maps) == 'w';
	mapping->executable = scrt_file_get(maps) == 'x';
	scrt_file_get(maps); /* private or shared */
	scrt_file_get(maps);
	mapping->offset = proc_number(maps);
	mapping->device = proc_number(maps) << 32; /* major:minor */
	mapping->device |= proc_number(maps);
	mapping->inode = proc_number(maps);
	return proc_name(maps, mapping);
}

/* ---- the environment ---- */

/* Does the kernel say that this program runs with more rights than its caller? */
static bool proc_is_secure(void)
{
	struct scrt_maps file;
	unsigned long word[2] = { AT_IGNORE, 0 };
	unsigned char *bytes = (unsigned char *)word;
	size_t n = 0;
	int c;

	if (!proc_open(&file, "/proc/thread-self/auxv"))
		return true;
	while ((c = scrt_file_get(&file)) != -1) {
		bytes[n++] = c;
		if (n < sizeof(word))
			continue;
		if (word[0] == AT_SECURE)
			break;
		n = 0;
	}
	scrt_maps_close(&file);
	return word[0] != AT_SECURE || word[1];
}

/* Where what follows "offer:" goes: a word that has no room is left out. */
struct proc_offers {
	struct scrt_words *text;
	char *at;
	size_t room; /* two zeros stay behind the last word */
};

static void proc_offer(struct scrt_maps *file, int *c, struct proc_offers *offers)
{
	size_t n = 0;

	for (; *c > 0 && *c != ','; *c = scrt_file_get(file))
		if (n + 3 < offers->room)
			offers->at[n++] = *c;
		else
			n = offers->room;
	if (n >= offers->room) {
		for (n = 0; n < offers->room; n++)
			offers->at[n] = '\0';
		return;
	}
	offers->at += n + 1;
	offers->room -= n + 1;
}

/* The name of a file; false if there is none, or no room for it. */
static bool proc_path(struct scrt_maps *file, int *c, char *path, size_t max)
{
	size_t n = 0;

	for (*c = scrt_file_get(file); *c > 0 && *c != ','; *c = scrt_file_get(file))
		if (n + 1 < max)
			path[n++] = *c;
		else
			max = 0;
	path[max ? n : 0] = '\0';
	return max && n;
}

/* The name of a word; *c is what ends it. Of one that is too long the end is dropped. */
static void proc_word_name(struct scrt_maps *file, int *c, char *name, size_t max)
{
	size_t n = 0;

	for (; *c > 0 && *c != ',' && *c != ':'; *c = scrt_file_get(file))
		if (n + 1 < max)
			name[n++] = *c;
	name[n] = '\0';
}

static bool proc_same(const char *a, const char *b)
{
	for (; *a && *a == *b; a++, b++)
		;
	return *a == *b;
}

/* One more word that means nothing, for who asks for the log; as many as there is room for. */
static void proc_unknown(struct scrt_words *text, const char *name)
{
	size_t n = 0, max = sizeof(text->unknown) - 1;

	while (text->unknown[n])
		n++;
	if (n && n < max)
		text->unknown[n++] = ',';
	while (*name && n < max)
		text->unknown[n++] = *name++;
}

/* The next character is c, the first of a word; which of the known ones is it? */
static unsigned int proc_word(struct scrt_maps *file, int *c, struct proc_offers *offers)
{
	/* In the order of SCRT_WORD_... */
	static const char *const words[] = { "off",       "log",   "offer",   "nobodies",
					     "nodynamic", "count", "learned", "save",
					     "stats",     "perf",  "remap" };
	const unsigned int nwords = sizeof(words) / sizeof(words[0]);
	struct scrt_words *text = offers->text;
	unsigned int i, word = 0;
	bool good, colon;
	char name[32];

	proc_word_name(file, c, name, sizeof(name));
	for (i = 0; i < nwords; i++)
		if (proc_same(name, words[i]))
			word = 1u << i;
	colon = *c == ':';
	if (colon && word == SCRT_WORD_OFFER) {
		proc_offer(file, c, offers);
		return word;
	}
	if (colon && word == SCRT_WORD_LEARNED)
		good = proc_path(file, c, text->load, sizeof(text->load));
	else if (colon && word == SCRT_WORD_SAVE)
		good = proc_path(file, c, text->save, sizeof(text->save));
	else if (colon && word == SCRT_WORD_LOG)
		good = proc_path(file, c, text->log, sizeof(text->log));
	else if (colon && word == SCRT_WORD_STATS)
		good = proc_path(file, c, text->stats, sizeof(text->stats));
	else
		good = !colon && word & ~(SCRT_WORD_OFFER | SCRT_WORD_LEARNED | SCRT_WORD_SAVE);
	while (*c > 0 && *c != ',')
		*c = scrt_file_get(file);
	if (good)
		return word;
	proc_unknown(text, name);
	/* Who wants to be told is told without a file, too. */
	return colon ? word & (SCRT_WORD_LOG | SCRT_WORD_STATS) : 0;
}

unsigned int scrt_environment(struct scrt_words *text, size_t max)
{
	struct proc_offers offers = { text, text->offers, max - sizeof(*text) };
	static const char name[] = "STATIC_CALL=";
	struct scrt_maps file;
	unsigned int words = 0;
	size_t n;
	int c;

	if (!proc_open(&file, "/proc/thread-self/environ"))
		return 0;
	do {
		for (n = 0, c = scrt_file_get(&file); name[n] && c == name[n]; n++)
			c = scrt_file_get(&file);
		if (!name[n])
			break;
		while (c > 0)
			c = scrt_file_get(&file);
	} while (c == 0);
	if (!name[n])
		for (words = proc_word(&file, &c, &offers); c == ',';) {
			c = scrt_file_get(&file);
			words |= proc_word(&file, &c, &offers);
		}
	scrt_maps_close(&file);
	if (!words || !proc_is_secure())
		return words;
	for (n = 0; n < max; n++)
		((char *)text)[n] = '\0';
	return 0;
}
