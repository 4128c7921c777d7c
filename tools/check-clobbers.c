// SPDX-License-Identifier: GPL-2.0-or-later
/* Sets of registers in words: those that calls of a key keep, of what the ABI lets change. */
#include <stdio.h>

#include "static_call_abi.h"
#include "static_call-check.h"

#define APX_FIRST 16

static const struct group {
	unsigned int first; /* bit */
	unsigned int count;
	const char *prefix;
	unsigned int number; /* of the first */
} groups[] = {
	{ STATIC_CALL_KEY_CLOBBERS_GPR + 8, 4, "r", 8 },
	{ STATIC_CALL_KEY_CLOBBERS_APX, 16, "r", APX_FIRST },
	{ STATIC_CALL_KEY_CLOBBERS_VECTOR, 32, "xmm", 0 },
	{ STATIC_CALL_KEY_CLOBBERS_MASK, 8, "k", 0 },
};

/* The old ones have names of their own; %rbx, %rsp and %rbp are kept by every call. */
static const char *const old_names[8] = { "rax", "rcx", "rdx", NULL, NULL, NULL, "rsi", "rdi" };

static bool clobbered(const uint64_t set[2], unsigned int bit)
{
	return set[bit / 64] >> bit % 64 & 1;
}

/* Calls put(name, data) for each. */
void clobbers_kept(const uint64_t set[2], void (*put)(const char *, void *), void *data)
{
	char name[8];
	unsigned int i, k;

	for (i = 0; i < 8; i++)
		if (old_names[i] && !clobbered(set, STATIC_CALL_KEY_CLOBBERS_GPR + i))
			put(old_names[i], data);
	for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		for (k = 0; k < groups[i].count; k++)
			if (!clobbered(set, groups[i].first + k)) {
				snprintf(name, sizeof(name), "%s%u", groups[i].prefix,
					 groups[i].number + k);
				put(name, data);
			}
}
