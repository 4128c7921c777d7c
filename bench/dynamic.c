/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dynamic.c - what a call through a pointer costs that is no key, with several targets in several
 * orders: learned, with and without retpolines; as it is; promoted with a profile; and a direct
 * call of one of the targets. The kinds run in turns. Prints a line a work and a kind,
 * with tabs: the ratio to the direct call, and the nanoseconds of one call.
 */
#include "dynamic.h"
#include "turns.h"

#define TIMES 20000

static const struct kind kinds[] = {
	{ "learned", works_learned },        { "indirect", works_indirect },
	{ "with a profile", works_profile }, { "learned, retpoline", works_learned_retpoline },
	{ "retpoline", works_retpoline },    { "direct", works_direct },
};

#define KINDS  (sizeof(kinds) / sizeof(*kinds))
#define DIRECT (KINDS - 1)

int main(void)
{
	dynamic_fill();
	return run_in_turns(kinds, KINDS, DIRECT, WORKS, TIMES, 1);
}
