/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Thunks for code that is compiled with -mindirect-branch=thunk-extern: they count the indirect
 * calls that a program makes, by the register that held the target, and jump there. What became a
 * direct call does not come here.
 *
 * PROGRAMS_COUNT=FILE: at exit a line is appended to it: "count", how many went by %r10, by %r11, and
 * by the other registers. Dynamic calls go by %r10, as long as they are not direct; the code that
 * lets the runtime learn goes by %r11. Then what the runtime says of dynamic calls, if it is there: a
 * line "stats", and for every one that was made a line "site" with its state, how many calls
 * it has learned from or counted (STATIC_CALL=count), of each of its targets and of others.
 */
#define _GNU_SOURCE
#include "static_call_dynamic.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((visibility("hidden"))) unsigned long thunk_count_r10, thunk_count_r11,
	thunk_count_other;

/* The flags may hold a value at a jump; there is no red zone in code with thunks. */
#define THUNK(reg, counter)                                                               \
	asm(".pushsection .text\n"                                                        \
	    "\t.globl	__x86_indirect_thunk_" #reg "\n"                                  \
	    "\t.hidden	__x86_indirect_thunk_" #reg "\n"                                  \
	    "\t.type	__x86_indirect_thunk_" #reg ", @function\n"                       \
	    "__x86_indirect_thunk_" #reg ":\n"                                            \
	    "\tpushfq\n"                                                                  \
	    "\tlock incq	" #counter "(%rip)\n"                                     \
	    "\tpopfq\n"                                                                   \
	    "\tjmp	*%" #reg "\n"                                                     \
	    "\t.size	__x86_indirect_thunk_" #reg ", .-__x86_indirect_thunk_" #reg "\n" \
	    "\t.popsection")

THUNK(rax, thunk_count_other);
THUNK(rbx, thunk_count_other);
THUNK(rcx, thunk_count_other);
THUNK(rdx, thunk_count_other);
THUNK(rsi, thunk_count_other);
THUNK(rdi, thunk_count_other);
THUNK(rbp, thunk_count_other);
THUNK(r8, thunk_count_other);
THUNK(r9, thunk_count_other);
THUNK(r10, thunk_count_r10);
THUNK(r11, thunk_count_r11);
THUNK(r12, thunk_count_other);
THUNK(r13, thunk_count_other);
THUNK(r14, thunk_count_other);
THUNK(r15, thunk_count_other);

static void put_address(FILE *out, const void *address)
{
	Dl_info info;

	if (dladdr(address, &info) && info.dli_sname)
		fprintf(out, " %s+%#zx", info.dli_sname,
			(size_t)((const char *)address - (const char *)info.dli_saddr));
	else if (dladdr(address, &info))
		fprintf(out, " %s+%#zx", info.dli_fname,
			(size_t)((const char *)address - (const char *)info.dli_fbase));
	else
		fprintf(out, " %p", address);
}

static int put_site(const struct static_call_dynamic_info *info, void *data)
{
	FILE *out = data;
	unsigned int i;

	fprintf(out, "site %u %llu", info->state, (unsigned long long)info->others);
	if (info->name)
		fprintf(out, " %s", info->name);
	else
		put_address(out, info->site);
	for (i = 0; i < info->functions; i++) {
		fprintf(out, " %llu", (unsigned long long)info->count[i]);
		put_address(out, info->function[i]);
	}
	fputc('\n', out);
	return 0;
}

static void __attribute__((destructor)) write_counts(void)
{
	struct static_call_dynamic_stats s = { 0 };
	const char *name = getenv("PROGRAMS_COUNT");
	FILE *out = name ? fopen(name, "a") : NULL;

	if (!out)
		return;
	fprintf(out, "count %lu %lu %lu\n", thunk_count_r10, thunk_count_r11, thunk_count_other);
	if (static_call_dynamic_stats(&s) == 0) {
		fprintf(out, "stats %zu %zu %zu %zu %zu %zu %llu %llu %llu %llu %zu %zu %d\n",
			s.sites, s.seen, s.learning, s.learned, s.given_up, s.refused,
			(unsigned long long)s.switches, (unsigned long long)s.counted,
			(unsigned long long)s.hits, (unsigned long long)s.misses, s.block_bytes,
			s.memory_bytes, s.why);
		static_call_dynamic_for_each(put_site, out);
	}
	fclose(out);
}
