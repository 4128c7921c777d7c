/* SPDX-License-Identifier: MIT */
/* lines.h - lines of text, and where they go; see lines.c. */
#ifndef STATIC_CALL_LINES_H
#define STATIC_CALL_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/* Append to a line that has at characters, and room for max: how many it has then. */
size_t scrt_line_text(char *line, size_t at, size_t max, const char *s);
size_t scrt_line_number(char *line, size_t at, size_t max, uint64_t n);
size_t scrt_line_hex(char *line, size_t at, size_t max, uintptr_t n);

/* To file descriptor 2. */
void scrt_line_put(const char *line, size_t n);

/*
 * Behind what is in this file, which is made if it is not there: 0, or why it was not written, or
 * not all of it. own: of the user of this process only, and no symbolic link.
 */
int scrt_line_append(const char *path, bool own, const char *line, size_t n);

#pragma GCC visibility pop

#endif /* STATIC_CALL_LINES_H */
