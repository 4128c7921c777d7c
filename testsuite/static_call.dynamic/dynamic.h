/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dynamic.h - dynamic calls written by hand, as the plugin writes them, so that the runtime can
 * be tested without it.
 *
 *	STATES			how a module makes calls: two states without names, state_jump and
 *				state_thunk (a retpoline); once a module
 *	CALL(fn, way)		long fn(long x, target f): calls f(x); way: jump or thunk
 *	TAIL(fn, way)		the same by a tail call
 *	NAMED(state, way)	a state with a name, for
 *	NAMED_CALL(fn, state)	... such calls
 *	NAMED_TAIL(fn, state)
 *	MODULE, MODULE_AUTO	the module descriptor, with a constructor
 *
 * Each target says who it is: target_n(x) is 16 x + n. check_call() is a call that has to
 * reach the function that it was given.
 */
#ifndef DYNAMIC_H
#define DYNAMIC_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "by-hand.h"
#include "static_call_dynamic.h"
#include "static_call_abi.h"

typedef long (*target)(long);
typedef long (*caller)(long, target);

#define STR_(x) #x
#define STR(x) STR_(x)

#ifndef JUMP_jump
#define JUMP_jump	"jmp *%r10\n int3\n"
#endif
#define JUMP_thunk							\
	"call 8f\n 9: pause\n lfence\n jmp 9b\n"			\
	"8: mov %r10, (%rsp)\n ret\n"
#define CALL_jump	"call *%r11\n"
#define CALL_thunk	"call .Llearn_thunk\n"

#define STATE(way)							\
	".pushsection .text.static_call_key,\"ax\",@progbits\n"	\
	".p2align 4\n"							\
	".Lentry_" #way ":\n"						\
	".cfi_startproc\n"						\
	"cmpq $0, module+" STR(STATIC_CALL_KEY_MODULE_LEARN) "(%rip)\n"	\
	"jne 1f\n"							\
	".Lplain_" #way ":\n" JUMP_##way				\
	".Lknown_" #way ":\n"						\
	"cmpq $0, module+" STR(STATIC_CALL_KEY_MODULE_LEARN) "(%rip)\n"	\
	"je .Lplain_" #way "\n jmp 2f\n"				\
	"1: xorl %r11d, %r11d\n"					\
	"2: pushq %r11\n .cfi_adjust_cfa_offset 8\n"			\
	"leaq state_" #way "(%rip), %r11\n"				\
	"pushq %r11\n .cfi_adjust_cfa_offset 8\n"			\
	"movq module+" STR(STATIC_CALL_KEY_MODULE_LEARN) "(%rip), %r11\n"	\
	"testq %r11, %r11\n je 3f\n"					\
	CALL_##way							\
	"3: addq $16, %rsp\n .cfi_adjust_cfa_offset -16\n"		\
	"jmp .Lplain_" #way "\n"					\
	".cfi_endproc\n .popsection\n"					\
	STATE_DATA("state_" #way, way, "0")

#define STATE_DATA(label, way, name)					\
	".pushsection .rodata,\"a\",@progbits\n .p2align 6\n"		\
	label ":\n .long .Lentry_" #way " - .\n"			\
	".long .Lknown_" #way " - .\n .long .Lplain_" #way " - .\n"	\
	".long " name "\n .zero 48\n .popsection\n"

#define STATES								\
	__asm__(".pushsection .text.static_call_key,\"ax\",@progbits\n"	\
		".Llearn_thunk: call 8f\n 9: pause\n lfence\n jmp 9b\n"	\
		"8: mov %r11, (%rsp)\n ret\n .popsection\n"		\
		STATE(jump) STATE(thunk))

#define NAMED(state, way)						\
	__asm__(STATE_DATA(#state, way, "777f - .")			\
		".pushsection .rodata.str,\"aMS\",@progbits,1\n"	\
		"777: .asciz \"" #state "\"\n .popsection\n"		\
		".pushsection .text.static_call_key,\"ax\",@progbits\n"	\
		".Lstub_" #state ": .cfi_startproc\n leaq " #state "+"		\
		STR(STATIC_CALL_KEY_STATE_SHARED) "(%rip), %r11\n"		\
		"jmp .Lknown_" #way "\n .cfi_endproc\n .popsection\n")

#define ENTRY(state, flags)						\
	".pushsection static_call_key_dynamics,\"a\",@progbits\n"	\
	".balign 4\n .long 771b - 5 - .\n"				\
	".long " state " - . + " STR(flags) "\n .popsection\n"

#define FUNCTION(fn, body)						\
	__asm__(".pushsection .text,\"ax\",@progbits\n"			\
		".p2align 4\n .globl " #fn "\n .type " #fn ", @function\n" \
		#fn ":\n .cfi_startproc\n" body ".cfi_endproc\n"	\
		".size " #fn ", . - " #fn "\n .popsection\n");		\
	extern long fn(long, target)

#define CALL_TO(fn, destination, state)					\
	FUNCTION(fn, "sub $8, %rsp\n .cfi_adjust_cfa_offset 8\n"	\
		"mov %rsi, %r10\n .p2align 3,,4\n call " destination "\n 771:\n" \
		ENTRY(state, 0)						\
		"add $8, %rsp\n .cfi_adjust_cfa_offset -8\n ret\n")

#define TAIL_TO(fn, destination, state)					\
	FUNCTION(fn, "mov %rsi, %r10\n .p2align 3,,4\n"			\
		".Lsite_" #fn ": .byte 0xe9\n .long " destination " - . - 4\n 771:\n" \
		ENTRY(state, 1))

#define CALL(fn, way)		CALL_TO(fn, ".Lentry_" #way, "state_" #way)
#define TAIL(fn, way)							\
	TAIL_TO(fn, ".Lstub_" #fn, "state_" #way);			\
	__asm__(".pushsection .text.static_call_key,\"ax\",@progbits\n"	\
		".Lstub_" #fn ": leaq .Lsite_" #fn "(%rip), %r11\n"	\
		"jmp .Lknown_" #way "\n .popsection\n")
#define NAMED_CALL(fn, state)	CALL_TO(fn, ".Lstub_" #state, #state)
#define NAMED_TAIL(fn, state)	TAIL_TO(fn, ".Lstub_" #state, #state)

#define BOUND(name) extern char name[] __attribute__((visibility("hidden"), weak));
#define MODULE								\
	BOUND(__start_static_call_key_dynamics)				\
	BOUND(__stop_static_call_key_dynamics)				\
	BOUND(__start_static_call_key_sites)				\
	BOUND(__stop_static_call_key_sites)				\
	BOUND(__start_static_call_key_records)				\
	BOUND(__stop_static_call_key_records)				\
	uint64_t static_call_key_runtime_wanted __attribute__((common));	\
	__attribute__((used)) static struct static_call_key_module module	\
		__asm__("module") = {					\
		.version = STATIC_CALL_KEY_ABI_VERSION,			\
		.size = STATIC_CALL_KEY_MODULE_SIZE,			\
		.sites_start = (uintptr_t)__start_static_call_key_sites,	\
		.sites_stop = (uintptr_t)__stop_static_call_key_sites,	\
		.records_start = (uintptr_t)__start_static_call_key_records,	\
		.records_stop = (uintptr_t)__stop_static_call_key_records,	\
		.dynamics_start = (uintptr_t)__start_static_call_key_dynamics,	\
		.dynamics_stop = (uintptr_t)__stop_static_call_key_dynamics,	\
	};

#define TARGET(n)							\
	static __attribute__((noipa, unused)) long target_##n(long x) { return 16 * x + n; }
TARGET(0) TARGET(1) TARGET(2) TARGET(3) TARGET(4) TARGET(5) TARGET(6) TARGET(7)
TARGET(8) TARGET(9) TARGET(10) TARGET(11) TARGET(12) TARGET(13) TARGET(14) TARGET(15)
static __attribute__((unused)) const target targets[16] = {
	target_0, target_1, target_2, target_3, target_4, target_5, target_6, target_7,
	target_8, target_9, target_10, target_11, target_12, target_13, target_14, target_15,
};

/* This call reaches target n, whatever the site has learned. */
static __attribute__((unused)) void check_call(caller fn, long x, unsigned int n)
{
	long r = fn(x, targets[n]);

	if (r == 16 * x + n)
		return;
	fprintf(stderr, "a call of target %u has reached %ld\n", n, r - 16 * x);
	abort();
}

/* n calls of one target. */
static __attribute__((unused)) void make_calls(caller fn, unsigned int n, long count)
{
	while (count--)
		check_call(fn, count, n);
}

/* Is this site the jump itself that the call is without the plugin? */
static __attribute__((unused)) int is_jump(const unsigned char *p)
{
	return !memcmp(p, "\x2e\x2e\x41\xff\xd2", 5) || !memcmp(p, "\x2e\x2e\x41\xff\xe2", 5);
}

/* The first site behind the start of a function: five bytes in one quadword. */
static __attribute__((unused)) const unsigned char *site_of(caller fn)
{
	const unsigned char *p = (const unsigned char *)fn;

	while (((*p != 0xe8 && *p != 0xe9 && *p != 0xcc) && !is_jump(p)) || ((uintptr_t)p & 7) > 3)
		p++;
	return p;
}

/* Where it leads; NULL: nowhere, it is the jump. */
static __attribute__((unused)) const unsigned char *led_to(caller fn)
{
	const unsigned char *p = site_of(fn);
	int32_t d;

	memcpy(&d, p + 1, sizeof(d));
	return is_jump(p) ? NULL : p + 5 + d;
}

/*
 * The site does what it would do without all this: jumps by itself, or in a tail call, where
 * this module's code has int3 behind a jump, to the module's jump.
 */
static __attribute__((unused)) int is_left(caller fn)
{
	const unsigned char *to = led_to(fn);

	return !to || !memcmp(to, "\x41\xff\xe2", 3);
}

/*
 * What the code there compares %r10 with, in order, and where it branches then; how many. Read by
 * other code than the runtime's.
 */
static __attribute__((unused)) unsigned int compared_at(const unsigned char *p, target to[6],
							const unsigned char *branch[6])
{
	unsigned int n;
	int32_t d;

	for (n = 0; p && n < 6; n++) {
		if (n && !memcmp(p, "\x2e\x2e", 2))
			p += 2;
		if (!memcmp(p, "\x49\x81\xfa", 3)) {
			memcpy(&d, p + 3, 4);
			to[n] = (target)(intptr_t)d;
			p += 7;
		} else if (!memcmp(p, "\x4c\x8d\x1d", 3) && !memcmp(p + 7, "\x4d\x39\xda", 3)) {
			memcpy(&d, p + 3, 4);
			to[n] = (target)(p + 7 + d);
			p += 10;
		} else {
			return n;
		}
		branch[n] = p;
		/* jne +12 ; incq ; jmp, or je: others may follow. Else it is all, and jne is for the rest. */
		if (memcmp(p, "\x0f\x84", 2) && memcmp(p, "\x75\x0c", 2))
			return n + 1;
		p += p[0] == 0x75 ? 14 : 6;
	}
	return n;
}

static __attribute__((unused)) unsigned int compared(const unsigned char *p, target to[6])
{
	const unsigned char *branch[6];

	return compared_at(p, to, branch);
}

/*
 * No branch is a power of two behind the one before: processors remember some low bits of the
 * addresses of branches to tell what led to the next one.
 */
static __attribute__((unused)) int are_apart(caller fn)
{
	const unsigned char *branch[6];
	unsigned int i, n;
	target to[6];

	n = compared_at(led_to(fn), to, branch);
	for (i = 1; i < n; i++)
		if (__builtin_popcountl(branch[i] - branch[i - 1]) < 2)
			return 0;
	return n > 1;
}

/* The site has learned exactly these. */
static __attribute__((unused)) int learned(caller fn, unsigned int n, unsigned int first)
{
	target to[6];

	return compared(led_to(fn), to) == n && (!n || to[0] == targets[first]);
}

#endif
