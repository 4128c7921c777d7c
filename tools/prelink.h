/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static_call-prelink reads a linked file as static_call-check does, decides for each key
 * whether the file tells what its sites will lead to when the program starts, and writes that
 * into the code. Each file calls only files that stand below it here, and those of the checker
 * but for its command and its output:
 *
 *	static_call-prelink.c	the command: options, files, what is said
 *	prelink-choose.c	which keys, and why not others
 *	prelink-runtime.c	is the runtime linked in, or loaded in any case?
 *	prelink-write.c		the bytes of the new file
 *	prelink-relocs.c	what the dynamic linker fills in; what it lets others see
 *	prelink-file.c		the file itself: read, and replaced as a whole
 *	prelink-replace.c	how a new file comes to its name
 */
#ifndef STATIC_CALL_PRELINK_H
#define STATIC_CALL_PRELINK_H

#include <sys/stat.h>

#include "static_call-check.h"

/* The contents of a file. */
struct contents {
	char *path; /* no symbolic link */
	struct stat st;
	unsigned char *bytes;
	size_t size;
};

/* What is filled in when the file is loaded. */
struct reloc {
	uint64_t place;
	uint64_t size;
	bool relative;      /* by an address of this file itself */
	const char *symbol; /* or "" */
};

/* A variable or function that other modules can see and name. */
struct export
{
	uint64_t addr;
	uint64_t size;
};

/* One record of the file, in the order of its tables. */
struct choice {
	bool taken;
	struct initial initial;
	const char *why; /* not taken */
};

/* A file, and what is to become of it. */
struct prelink {
	const unsigned char *bytes;
	size_t size;
	unsigned char *copy; /* what libelf reads */
	Elf *elf;
	struct image image;
	struct tables tables;
	struct reloc *relocs; /* by place */
	size_t n_relocs, room_relocs;
	uint64_t longest; /* of them */
	struct export *exports;
	size_t n_exports, room_exports;
	uint64_t module; /* the descriptor's address */
	struct choice *choices;
	char *error; /* why nothing can be done with the file */
};

/* prelink-file.c: NULL, or what went wrong, to be freed. */
char *contents_read(struct contents *file, const char *path);
/* As the file at path: with the mode, the owner and the attributes of the one that was read. */
char *contents_write(const struct contents *file, const char *path, const unsigned char *bytes);
void contents_free(struct contents *file);

/* prelink-replace.c: a file that is to have a name when it is complete. */
struct new_file {
	int fd;     /* or -1 */
	char *name; /* which it has meanwhile, or NULL: none */
	bool done;
};

/* In the folder of path; false and errno. With close() in any case. */
bool new_file_open(struct new_file *new, const char *path, bool nameless);
/* It gets this name, or replaces the file of this name: 0, or -1 and errno. */
int new_file_name(struct new_file *new, const char *path);
void new_file_close(struct new_file *new);

/* prelink-relocs.c: false, and p->error: there is something that it does not know. */
bool relocs_read(struct prelink *p);
/* The first of them that touches one of these bytes, or NULL. */
const struct reloc *relocs_find(const struct prelink *p, uint64_t addr, uint64_t size);
bool exports_find(const struct prelink *p, uint64_t addr);

/* prelink-runtime.c: why the runtime may not be there; or NULL: it is. */
const char *runtime_missing(const struct prelink *p);

/* prelink-choose.c. exported: also keys that other modules can name. */
void choose(struct prelink *p, bool exported);

/* prelink-write.c: read, without a problem that the checker finds; false and p->error. */
bool prelink_read(struct prelink *p, const unsigned char *bytes, size_t size);
void prelink_free(struct prelink *p);
/* What the file becomes by these choices; NULL and p->error. undo: by none. */
unsigned char *prelink_write(struct prelink *p, bool undo);

#endif
