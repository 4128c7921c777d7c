/* SPDX-License-Identifier: MIT */
/* proc.h - what /proc says of this process; see proc.c. */
#ifndef STATIC_CALL_PROC_H
#define STATIC_CALL_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An entry of /proc/thread-self/maps. */
struct scrt_mapping {
	uintptr_t lo, hi;
	uintptr_t offset, device, inode; /* of the file; inode 0: there is none */
	bool readable, writable, executable;
	char name[128]; /* of a long one the end, behind dots */
};

/* An open maps file; small, for it may be on a signal stack. */
struct scrt_maps {
	int fd;
	unsigned int next, end;
	bool ended, failed;
	char *path;      /* not NULL: the whole name of each mapping's file, */
	size_t path_max; /* ... or "" if it is longer */
	char buffer[512];
};

/* The files of remap.c, and what maps has of them. */
#define SCRT_COPY_NAME "static_call"

#pragma GCC visibility push(hidden)

bool scrt_maps_open(struct scrt_maps *maps);
bool scrt_maps_next(struct scrt_maps *maps, struct scrt_mapping *mapping);
void scrt_maps_close(struct scrt_maps *maps);
bool scrt_mapping_is_copy(const struct scrt_mapping *mapping);

/* The same of any file: 0 or an error; and the next character of it, -1 at the end. */
int scrt_file_open(struct scrt_maps *file, const char *path);
int scrt_file_get(struct scrt_maps *file);

/* What stands behind words of the variable STATIC_CALL; all zeroed before. */
struct scrt_words {
	char load[256], save[256]; /* behind "learned:" and "save:" */
	char log[256], stats[256]; /* behind these, or "" */
	char unknown[64]; /* words that mean nothing, or lack what is to stand behind them */
	char offers[];    /* of each "offer:": from the colon on, with a zero at its end */
};

/*
 * The words of the variable STATIC_CALL; 0 in a program with more rights than its caller. There
 * is room for max bytes at text.
 */
#define SCRT_WORD_OFF       1u
#define SCRT_WORD_LOG       2u
#define SCRT_WORD_OFFER     4u
#define SCRT_WORD_NOBODIES  8u
#define SCRT_WORD_NODYNAMIC 16u
#define SCRT_WORD_COUNT     32u
#define SCRT_WORD_LEARNED   64u
#define SCRT_WORD_SAVE      128u
#define SCRT_WORD_STATS     256u
#define SCRT_WORD_PERF      512u
#define SCRT_WORD_REMAP     1024u
unsigned int scrt_environment(struct scrt_words *text, size_t max);

#pragma GCC visibility pop

#endif /* STATIC_CALL_PROC_H */
