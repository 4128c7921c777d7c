/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guards.c - what a call costs whose target GCC could inline: tagged, with a guard; tagged,
 * with a target that is not inlined; untagged, with a profile; untagged; and a direct call.
 * The kinds run in turns. Prints a line a kind of work and of call, with tabs: the ratio to
 * a direct call, and the nanoseconds of one round of the work.
 */
#include "guards.h"
#include "turns.h"

#define TIMES 20000

static const struct kind kinds[] = {
	{ "tagged, guarded", works_guarded }, { "untagged, with a profile", works_profile },
	{ "untagged", works_indirect },       { "tagged, a patched call", works_patched },
	{ "direct call", works_direct },
};

#define KINDS  (sizeof(kinds) / sizeof(*kinds))
#define DIRECT (KINDS - 1)

int main(void)
{
	return run_in_turns(kinds, KINDS, DIRECT, WORKS, TIMES, 1);
}
