/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * call-body.c - a hot loop around one call, and SITES calls in a straight line.
 *
 * Compiled once for each kind of call, with -DKIND=kind and -DKIND_kind, and for each
 * -DSITES=n, a number that there is a REPEAT_n for. The two
 * functions have sections of their own, so that calls.c can find their bytes.
 */
#include <static_call.h>

#define PASTE_(a, b) a##_##b
#define PASTE(a, b)  PASTE_(a, b)
#define STRING_(a)   #a
#define STRING(a)    STRING_(a)

#if defined(KIND_direct)
/* As the plugin places a site: then loop and line are the same machine code as
   those of a patched site, but for where they lead. */
void bench_target(void);
#define CALL                               \
	__asm__ volatile(".p2align 3,,4"); \
	bench_target();
#elif defined(KIND_unaligned)
void bench_target(void);
#define CALL bench_target();
#elif defined(KIND_patched)
extern void (*bench_patched)(void) STATIC_CALL_KEY;
#define CALL bench_patched();
#elif defined(KIND_trampoline)
extern void (*bench_trampoline)(void) STATIC_CALL_KEY;
#define CALL bench_trampoline();
#elif defined(KIND_indirect) || defined(KIND_retpoline)
extern void (*bench_indirect)(void);
#define CALL bench_indirect();
#elif defined(KIND_plt)
void bench_plt_target(void);
#define CALL bench_plt_target();
#endif

#define X8(x)          x x x x x x x x
#define REPEAT_8(x)    X8(x)
#define REPEAT_64(x)   X8(X8(x))
#define REPEAT_512(x)  X8(X8(X8(x)))
#define REPEAT_4096(x) X8(X8(X8(X8(x))))
#define REPEAT_8192(x) X8(X8(X8(X8(x x))))

#define BODY(what)                                                                        \
	__attribute__((aligned(64), section("code_" #what "_" STRING(KIND)))) void PASTE( \
		bench_##what, KIND)

BODY(loop)(unsigned long n)
{
	while (n--) {
		CALL
	}
}

/*
 * A site that nothing stands in front of in its function gets a nop, for the sake of
 * breakpoints. No other kind of call has that; so something stands there.
 */
BODY(line)(void)
{
	volatile int begun = 1;

	(void)begun;
	PASTE(REPEAT, SITES)(CALL) __asm__ volatile(""); /* the last call is no tail call */
}
