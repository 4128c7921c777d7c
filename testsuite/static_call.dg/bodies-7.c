/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The function is in another file, or was never compiled: the error names it. */
/* { dg-do assemble } */
/* { dg-prune-output "Assembler messages" } */
/* { dg-message "Error: .*body_needs_in_the_same_file_elsewhere" "" 0 } */
/* { dg-message "Error: .*body_needs_in_the_same_file_unused" "" 0 } */
#include <static_call.h>

void elsewhere(void);
static inline void unused(void) {}

STATIC_CALL_KEY_BODY(elsewhere, "cli");
STATIC_CALL_KEY_BODY(unused, "");
