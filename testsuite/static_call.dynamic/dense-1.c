/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Thousands of sites that call the same few functions: those with thunks share a block for each
 * function, however many they are; those that processors may predict are left alone as long as they
 * are not more than processors remember, and then share blocks as well. One that has another target
 * now and then leaves the others what they have.
 */
#include "enough.h"
#include "dynamic.h"

#define SITES	5000
#define SECONDS 20

STATES;

/* SITES calls of rsi[0], rsi[1], ..., one after the other; returns the sum of what they return. */
#define MANY(fn, way)								\
	FUNCTION(fn, "push %rbx\n .cfi_adjust_cfa_offset 8\n .cfi_offset %rbx, -16\n"	\
		"push %rbp\n .cfi_adjust_cfa_offset 8\n .cfi_offset %rbp, -24\n"	\
		"push %r12\n .cfi_adjust_cfa_offset 8\n .cfi_offset %r12, -32\n"	\
		"mov %rsi, %rbx\n mov %rdi, %rbp\n xor %r12d, %r12d\n"		\
		".rept " STR(SITES) "\n"					\
		"mov %rbp, %rdi\n mov (%rbx), %r10\n add $8, %rbx\n"		\
		".p2align 3,,4\n call .Lentry_" #way "\n 771:\n"		\
		ENTRY("state_" #way, 0)						\
		"add %rax, %r12\n .endr\n mov %r12, %rax\n"			\
		"pop %r12\n .cfi_adjust_cfa_offset -8\n"			\
		"pop %rbp\n .cfi_adjust_cfa_offset -8\n"			\
		"pop %rbx\n .cfi_adjust_cfa_offset -8\n ret\n")

MANY(thunks, thunk);
MANY(jumps, jump);
MODULE_AUTO

static target of[SITES];
static struct static_call_dynamic_stats stats;

/* Each site calls a function of its own choice, that says which. */
static void pass(caller fn, long x)
{
	long want = 0, got;
	int i;

	for (i = 0; i < SITES; i++)
		want += of[i](x);
	got = fn(x, (target)(void *)of);
	if (got != want) {
		fprintf(stderr, "a call has reached another function\n");
		abort();
	}
}


static int first_site(const struct static_call_dynamic_info *info, void *data)
{
	*(struct static_call_dynamic_info *)data = *info;
	return 1;
}

int main(void)
{
	struct static_call_dynamic_info info;
	size_t bytes;
	int i, n;

	for (i = 0; i < SITES; i++)
		of[i] = targets[i % 4];
	for (n = 0; n < 2000; n++)
		pass(thunks, n);
	CHECK(!static_call_dynamic_stats(&stats));
	printf("%zu learned, %zu bytes of code\n", stats.learned, stats.block_bytes);
	CHECK(stats.learned == SITES && stats.block_bytes < 512);
	bytes = stats.block_bytes;

	/* One that is different. */
	time_limit(SECONDS);
	for (n = 0; !time_is_over(); n++) {
		of[0] = targets[n % 5];
		pass(thunks, n);
		if (n % 1000)
			continue;
		CHECK(static_call_dynamic_for_each(first_site, &info) == 1);
		if (info.state == STATIC_CALL_DYNAMIC_LEARNED && info.functions == 5)
			break;
	}
	saw_at_least(1, info.state == STATIC_CALL_DYNAMIC_LEARNED, "sites that learned anew");
	CHECK(info.functions == 5);
	CHECK(!static_call_dynamic_stats(&stats) && stats.learned == SITES);
	CHECK(stats.block_bytes < bytes + 1024);
	bytes = stats.block_bytes;

	/* Left to the processor at first; when it is seen how many they are, no more. */
	of[0] = targets[1];
	time_limit(SECONDS);
	for (n = 0; !time_is_over() && stats.learned < SITES + 4096; n++) {
		pass(jumps, n);
		CHECK(!static_call_dynamic_stats(&stats));
	}
	printf("%zu learned, %zu given up, %zu bytes of code\n", stats.learned, stats.given_up,
	       stats.block_bytes);
	saw_at_least(SITES + 4096, stats.learned, "sites that have learned");
	CHECK(stats.block_bytes < bytes + 1024);
	puts("ok");
	return 0;
}
