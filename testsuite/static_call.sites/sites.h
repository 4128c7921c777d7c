/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sites.h - keys, trampolines, sites and a module descriptor written by hand, so
 * that the runtime can be tested without the plugin.
 *
 *	KEY(name, flags)	a record and a trampoline for the key "name"
 *	KEY_NULL(name, flags)	one whose calls of NULL do nothing
 *	KEY_NULL_HIDDEN(name, flags)	the same, but the record does not tell of the code
 *				for NULL
 *	SITE_CALL(fn, name)	a function fn that calls through it
 *	SITE_TAIL(fn, name, flags)	the same by a tail call
 *	SITE_CROSSING(fn, name)	the same by a call in two quadwords, which is never patched
 *	SITES_CALLED(fn, name, n, nops)	a function fn with n such calls of its argument,
 *				nops bytes between them: the sum of what they return
 *	GUARD_FUNCTION(fn)	the word that tells of fn, for guards
 *	GUARD			a guard, whose slow path is at the next label 779
 *	GUARD_ENTRY(name, flags, target, body)	an entry of the guard before it
 *	GUARD_SLOW(name)	label 779: call through the key, and return
 *	BODY(fn, code, told)	a function fn that is code and a return, told to be told
 *	MODULE			the module descriptor, with a constructor
 */
#ifndef SITES_H
#define SITES_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "by-hand.h"
#include "static_call.h"
#include "static_call_abi.h"

#define STR_(x) #x
#define STR(x) STR_(x)

#define TRAMPOLINE_PLAIN(name)		"jmp *" #name "(%rip)\n"
#define TRAMPOLINE_NULL(name)							\
	"mov " #name "(%rip), %r11\n"						\
	"test %r11, %r11\n"							\
	"je 1f\n"								\
	"jmp *%r11\n"								\
	"1:\n.Lnull_" #name ": xor %eax, %eax\n xor %edx, %edx\n ret\n"

#define RECORD(name, key, flags, tramp)	RECORD_(name, key, flags, "0", tramp)
#define RECORD_(name, key, flags, null, tramp)					\
	".pushsection static_call_key_records,\"aw\",@progbits\n"		\
	".p2align 6\n"								\
	".hidden static_call_key_record." #name "\n"				\
	".globl static_call_key_record." #name "\n"				\
	"static_call_key_record." #name ":\n"					\
	".2byte " STR(STATIC_CALL_KEY_ABI_VERSION) ", 64\n .4byte " STR(flags) "\n .8byte " #key "\n"		\
	".4byte static_call_key_trampoline." #name " - .\n"			\
	".4byte .Lname_" #name " - .\n .zero 16\n .4byte " null "\n .zero 20\n" \
	".popsection\n"								\
	".pushsection .rodata.str,\"aMS\",@progbits,1\n"			\
	".Lname_" #name ": .asciz \"" #name "\"\n"				\
	".popsection\n"								\
	".pushsection .text.static_call_key,\"ax\",@progbits\n"			\
	".hidden static_call_key_trampoline." #name "\n"			\
	".globl static_call_key_trampoline." #name "\n"				\
	"static_call_key_trampoline." #name ":\n"				\
	tramp									\
	".popsection\n"

#define KEY(name, flags)							\
	__asm__(RECORD(name, name, flags, TRAMPOLINE_PLAIN(name)))
#define KEY_NULL(name, flags)							\
	__asm__(RECORD_(name, name, flags, ".Lnull_" #name " - .", TRAMPOLINE_NULL(name)))
#define KEY_NULL_HIDDEN(name, flags)						\
	__asm__(RECORD(name, name, flags, TRAMPOLINE_NULL(name)))

#define ENTRY(name, flags)							\
	".pushsection static_call_key_sites,\"a\",@progbits\n"			\
	".balign 4\n .long 771b - 5 - .\n"							\
	".long static_call_key_record." #name " - . + " STR(flags) "\n"		\
	".popsection\n"

#define FUNCTION(fn, body)							\
	__asm__(".pushsection .text,\"ax\",@progbits\n"				\
		".p2align 4\n .globl " #fn "\n .type " #fn ", @function\n"	\
		#fn ":\n" body							\
		".size " #fn ", . - " #fn "\n .popsection\n")

#define SITE_CALL(fn, name)							\
	FUNCTION(fn, "sub $8, %rsp\n .p2align 3,,4\n"				\
		"call static_call_key_trampoline." #name "\n 771:\n"		\
		ENTRY(name, 0)							\
		"add $8, %rsp\n ret\n")

#define SITE_TAIL(fn, name, flags)						\
	FUNCTION(fn, ".p2align 3,,4\n"						\
		".byte 0xe9\n .long static_call_key_trampoline." #name " - . - 4\n 771:\n" \
		ENTRY(name, (1 | flags)))

#define SITE_CROSSING(fn, name)							\
	FUNCTION(fn, "sub $8, %rsp\n .p2align 3\n .nops 5\n"			\
		"call static_call_key_trampoline." #name "\n 771:\n"		\
		ENTRY(name, 0)							\
		"add $8, %rsp\n ret\n")

#define SITES_CALLED(fn, name, n, nops)					\
	FUNCTION(fn, "push %rbx\n push %r12\n sub $8, %rsp\n mov %rdi, %r12\n xor %ebx, %ebx\n" \
		".rept " STR(n) "\n mov %r12, %rdi\n .p2align 3,,4\n"		\
		"call static_call_key_trampoline." #name "\n 771:\n"		\
		ENTRY(name, 0)							\
		"add %rax, %rbx\n .nops " STR(nops) "\n .endr\n"		\
		"mov %rbx, %rax\n add $8, %rsp\n pop %r12\n pop %rbx\n ret\n")

#define GUARD_FUNCTION(fn)							\
	__asm__(".pushsection .data.rel.ro,\"aw\",@progbits\n .balign 8\n"	\
		".Lguard_" #fn ": .quad " #fn "\n .popsection\n")

#define GUARD	".p2align 3,,4\n 772: .byte 0xe9\n .long 779f - . - 4\n"

/* Behind GUARD; target: GUARD_OF(fn) or "0"; body: "label - ." or "0". */
#define GUARD_OF(fn) ".Lguard_" #fn " - ."
#define GUARD_ENTRY(name, flags, target, body)					\
	".pushsection static_call_key_guards,\"a\",@progbits\n"		\
	".balign 4\n .long 772b - .\n"						\
	".long static_call_key_record." #name " - . + " STR(flags) "\n"		\
	".long 779f - .\n .long " target "\n .long " body "\n .popsection\n"

#define GUARD_SLOW(name)							\
	"779: sub $8, %rsp\n .p2align 3,,4\n"					\
	"call static_call_key_trampoline." #name "\n 771:\n"			\
	ENTRY(name, 0)								\
	"add $8, %rsp\n ret\n"

#define BODY(fn, code, told)							\
	FUNCTION(fn, code "\n ret\n");						\
	STATIC_CALL_KEY_BODY(fn, told)

#define MODULE									\
	extern char __start_static_call_key_bodies[]				\
		__attribute__((visibility("hidden"), weak));			\
	extern char __stop_static_call_key_bodies[]				\
		__attribute__((visibility("hidden"), weak));			\
	extern char __start_static_call_key_guards[]				\
		__attribute__((visibility("hidden"), weak));			\
	extern char __stop_static_call_key_guards[]				\
		__attribute__((visibility("hidden"), weak));			\
	extern char __start_static_call_key_sites[] __attribute__((visibility("hidden"))); \
	extern char __stop_static_call_key_sites[] __attribute__((visibility("hidden"))); \
	extern char __start_static_call_key_records[] __attribute__((visibility("hidden"))); \
	extern char __stop_static_call_key_records[] __attribute__((visibility("hidden"))); \
	uint64_t static_call_key_runtime_wanted __attribute__((common));	\
	static struct static_call_key_module module = {				\
		.version = STATIC_CALL_KEY_ABI_VERSION,				\
		.size = STATIC_CALL_KEY_MODULE_SIZE,				\
		.sites_start = (uintptr_t)__start_static_call_key_sites,	\
		.sites_stop = (uintptr_t)__stop_static_call_key_sites,		\
		.records_start = (uintptr_t)__start_static_call_key_records,	\
		.records_stop = (uintptr_t)__stop_static_call_key_records,	\
		.guards_start = (uintptr_t)__start_static_call_key_guards,	\
		.guards_stop = (uintptr_t)__stop_static_call_key_guards,	\
		.bodies_start = (uintptr_t)__start_static_call_key_bodies,	\
		.bodies_stop = (uintptr_t)__stop_static_call_key_bodies,	\
	};

/* The n-th site of a key. */
struct nth { size_t n; struct static_call_key_site_info info; };
static __attribute__((unused)) int nth_cb(const struct static_call_key_site_info *info, void *data)
{
	struct nth *x = data;

	x->info = *info;
	return x->n-- == 0 ? 1 : 0;
}
static __attribute__((unused)) struct static_call_key_site_info site_nth(const void *key, size_t n)
{
	struct nth x = { n, { 0 } };

	CHECK(static_call_key_for_each_site(key, nth_cb, &x) == 1);
	return x.info;
}

#endif
