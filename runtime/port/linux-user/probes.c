// SPDX-License-Identifier: MIT
/*
 * probes.c - static probes, as SystemTap's sdt.h makes them and gdb, perf, bpftrace and stap know
 * them: a no-op, and a note that is not loaded and tells where it is, how it is called and in
 * which registers its arguments are. See
 * https://sourceware.org/systemtap/wiki/UserSpaceProbeImplementation; the header itself is not
 * needed.
 *
 * Who watches a probe adds one to its semaphore for as long: so nobody collects arguments
 * that nobody sees.
 */
#include "port.h"

/* What a note says. The base lets readers see how far prelink(8) has moved the file. */
#define PROBE(name, arguments)                                                        \
	"990:	nop\n\t"                                                                \
	".pushsection .note.stapsdt, \"\", \"note\"\n\t"                              \
	".balign 4\n\t"                                                               \
	".long 992f - 991f, 994f - 993f, 3\n"                                         \
	"991:	.asciz \"stapsdt\"\n"                                                   \
	"992:	.balign 4\n"                                                            \
	"993:	.quad 990b, _.stapsdt.base, scrt_probe_" name "_semaphore\n\t"        \
	".asciz \"static_call\", \"" name "\", \"" arguments "\"\n"                   \
	"994:	.balign 4\n\t"                                                          \
	".popsection\n\t"                                                             \
	".ifndef _.stapsdt.base\n\t"                                                  \
	".pushsection .stapsdt.base, \"aG\", \"progbits\", .stapsdt.base, comdat\n\t" \
	".weak _.stapsdt.base\n\t"                                                    \
	".hidden _.stapsdt.base\n"                                                    \
	"_.stapsdt.base: .space 1\n\t"                                                \
	".size _.stapsdt.base, 1\n\t"                                                 \
	".popsection\n\t"                                                             \
	".endif\n"

#define SEMAPHORE __attribute__((section(".probes"), used))

SEMAPHORE uint16_t scrt_probe_update_semaphore;
SEMAPHORE uint16_t scrt_probe_done_semaphore;

/* noinline: each probe is at one place. */
__attribute__((noinline)) void scrt_probe_update(uintptr_t key, uintptr_t old, uintptr_t target,
						 size_t sites, const char *name)
{
	register const char *in_r8 __asm__("r8") = name;

	__asm__ volatile(PROBE("update", "8@%%rdi 8@%%rsi 8@%%rdx 8@%%rcx 8@%%r8")
			 :
			 : "D"(key), "S"(old), "d"(target), "c"(sites), "r"(in_r8));
}

__attribute__((noinline)) void scrt_probe_done(int err)
{
	__asm__ volatile(PROBE("done", "-4@%%edi") : : "D"(err));
}
