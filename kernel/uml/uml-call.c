// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uml-call.c - bench/call-body.c in the kernel: a hot loop around one call, and 8,192
 * calls in a straight line. Compiled once for each kind of call, with -DKIND=kind and
 * -DKIND_kind.
 */
#include "uml-bench.h"

#if defined(KIND_direct)
/*
 * As the plugin places a site: then loop and line are the same machine code as
 * those of a patched site, but for where they lead.
 */
#define CALL                           \
	asm volatile(".p2align 3,,4"); \
	bench_target();
#elif defined(KIND_patched)
#define CALL bench_patched();
#elif defined(KIND_trampoline)
#define CALL bench_trampoline();
#elif defined(KIND_indirect) || defined(KIND_retpoline)
#define CALL bench_indirect();
#endif

#define X8(x)    x x x x x x x x
#define X8192(x) X8(X8(X8(X8(x x))))

void BODY(loop)(unsigned long n);
void BODY(line)(void);

__aligned(64) void BODY(loop)(unsigned long n)
{
	while (n--) {
		CALL
	}
}

/* Something stands in front of the first call: see bench/call-body.c. */
__aligned(64) void BODY(line)(void)
{
	volatile int begun = 1;

	(void)begun;
	X8192(CALL)
	asm volatile(""); /* the last call is no tail call */
}
