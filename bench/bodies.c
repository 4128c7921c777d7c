/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bodies.c - what a call costs whose target is one instruction: in the site itself, as
 * a patched, a direct and an indirect call, and inlined by GCC. The kinds run in turns. Prints
 * a line a function and a kind, with tabs: the ratio to the direct call, and the
 * nanoseconds of one call with the work around it.
 */
#include "bodies.h"
#include "turns.h"

#define TIMES 5000

static const struct kind kinds[] = {
	{ "body", works_body },     { "inline", works_inline },     { "patched", works_patched },
	{ "direct", works_direct }, { "indirect", works_indirect },
};

#define KINDS  (sizeof(kinds) / sizeof(*kinds))
#define DIRECT 3

int main(void)
{
	return run_in_turns(kinds, KINDS, DIRECT, WORKS, TIMES, CALLS);
}
