/* SPDX-License-Identifier: MIT */
/* files.h - which files the program is made of; see files.c. */
#ifndef STATIC_CALL_FILES_H
#define STATIC_CALL_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scrt_file {
	uintptr_t lo, hi; /* around its mappings; at lo is its first byte */
	uintptr_t device, inode;
	char name[80]; /* the end of its path, and if it has a build id, @ and a part of that */
};

struct scrt_files {
	size_t bytes;
	size_t n;
	struct scrt_file file[];
};

#pragma GCC visibility push(hidden)

/* All of them; NULL: that is not known. To be freed with scrt_free(files, files->bytes). */
struct scrt_files *scrt_files_read(void);

/* The file that this address is in; or that of this name; or NULL. */
const struct scrt_file *scrt_files_at(const struct scrt_files *files, uintptr_t address);
const struct scrt_file *scrt_files_named(const struct scrt_files *files, const char *name);

#pragma GCC visibility pop

#endif /* STATIC_CALL_FILES_H */
