/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the plugin would write for three calls of two keys, one of them a tail
 * call; with GUARDS, also for a call at which two functions are inlined. Each macro
 * below, given on the command line, spoils one thing.
 */
#ifndef VERSION			/* of a record */
#define VERSION 4
#endif
#ifndef SIZE
#define SIZE 64
#endif
#ifndef FLAGS
#define FLAGS 0
#endif
#ifndef RESERVED
#define RESERVED 0
#endif
#ifndef NULL_CODE		/* where it says that a call of NULL goes */
#define NULL_CODE 0
#endif
#ifndef NAME
#define NAME .Lname\@ - .
#endif
#ifndef KEY			/* what a record names; \key and \offset are right */
#define KEY \key + \offset
#endif
#ifndef TRAMPOLINE		/* where it says that its trampoline is */
#define TRAMPOLINE static_call_key_trampoline.\name
#endif
#ifndef JUMP			/* the trampoline */
#define JUMP jmp *\key + \offset(%rip)
#endif
#ifndef FILL			/* what stands before a trampoline */
#define FILL
#endif
#ifndef TAIL			/* flags of the tail call's entry */
#define TAIL 1
#endif
#ifndef ALIGN			/* what stands before the second call */
#define ALIGN .p2align 3,,4
#endif
#ifndef CALL			/* the second call, five bytes */
#define CALL call static_call_key_trampoline.ops.8
#endif
#ifndef EXTRA			/* more code */
#define EXTRA
#endif
#ifndef ENTRY			/* more in the table */
#define ENTRY
#endif
#ifndef ENTRY_RECORD		/* the record of the second call */
#define ENTRY_RECORD static_call_key_record.ops.8
#endif
#ifndef CLOBBERS		/* of both records */
#define CLOBBERS 0, 0
#endif
#ifndef TARGETS			/* the table of targets */
#define TARGETS
#endif
#ifndef GUARD_HEAD		/* what stands before the guard */
#define GUARD_HEAD nop
#endif
#ifndef GUARD_ALIGN
#define GUARD_ALIGN .p2align 3,,4
#endif
#ifndef GUARD_JUMP		/* the guard, five bytes */
#define GUARD_JUMP .byte 0xe9; .long .Lslow - . - 4
#endif
#ifndef GUARD_RECORD		/* of both entries */
#define GUARD_RECORD static_call_key_record.log_hook
#endif
#ifndef GUARD_SLOW		/* the slow path, of both entries */
#define GUARD_SLOW .Lslow
#endif
#ifndef GUARD_FLAGS		/* of the last entry */
#define GUARD_FLAGS 0
#endif
#ifndef GUARD_LAST_SLOW		/* the slow path in it */
#define GUARD_LAST_SLOW GUARD_SLOW
#endif
#ifndef GUARD_BODY		/* and where it leads */
#define GUARD_BODY .Lbody
#endif
#ifndef GUARD_WORD		/* where its function's address is */
#define GUARD_WORD .Lword
#endif
#ifndef GUARD_TARGET		/* what is there */
#define GUARD_TARGET work
#endif
#ifndef GUARD_ENTRY		/* more in the table */
#define GUARD_ENTRY
#endif
#ifndef DESCRIPTOR		/* of the module */
#define DESCRIPTOR 4, 192
#endif
#ifndef SITES_STOP		/* what the descriptor says of tables and code */
#define SITES_STOP __stop_static_call_key_sites
#endif
#ifndef RECORDS_STOP
#define RECORDS_STOP __stop_static_call_key_records
#endif
#ifndef TARGETS_START
#define TARGETS_START __start_static_call_key_targets
#endif
#ifndef GUARDS_START
#define GUARDS_START __start_static_call_key_guards
#endif
#ifndef CODE
#define CODE work
#endif
#ifndef CODE_RESERVED
#define CODE_RESERVED 0
#endif

	.macro entry record, flags
.Lafter\@:
	.pushsection static_call_key_sites, "ao", @progbits, work
	.balign	4
	.long	.Lafter\@ - 5 - .
	.long	\record + \flags - .
	.popsection
	.endm

	.macro key name, key, offset
	.section .text.static_call_key_trampoline.\name, "axG", @progbits, static_call_key_record.\name, comdat
	.p2align 4
	FILL
	.globl	static_call_key_trampoline.\name
	.hidden	static_call_key_trampoline.\name
	.type	static_call_key_trampoline.\name, @function
static_call_key_trampoline.\name:
	JUMP
	.size	static_call_key_trampoline.\name, . - static_call_key_trampoline.\name

	.section static_call_key_records, "awG", @progbits, static_call_key_record.\name, comdat
	.balign	64
	.globl	static_call_key_record.\name
	.hidden	static_call_key_record.\name
	.type	static_call_key_record.\name, @object
static_call_key_record.\name:
	.short	VERSION, SIZE
	.long	FLAGS
	.quad	KEY
	.long	TRAMPOLINE - .
	.long	NAME
	.quad	CLOBBERS
	.long	NULL_CODE, 0
	.quad	0, RESERVED
	.size	static_call_key_record.\name, 64

	.section .rodata.static_call_key_names, "aG", @progbits, static_call_key_record.\name, comdat
.Lname\@:
	.string	"\name"
	.endm

	.text
	.globl	work
	.type	work, @function
work:
	subq	$8, %rsp
	.p2align 3,,4
	call	static_call_key_trampoline.log_hook
	entry	static_call_key_record.log_hook, 0
	EXTRA
	ALIGN
	CALL
	entry	ENTRY_RECORD, 0
	addq	$8, %rsp
	.p2align 3,,4
	jmp	static_call_key_trampoline.log_hook
	entry	static_call_key_record.log_hook, TAIL
	.size	work, . - work
	.pushsection static_call_key_sites, "ao", @progbits, work
	ENTRY
	.popsection

#ifdef GUARDS
	.macro guard site, flags, slow, word, body
	.long	\site - .
	.long	GUARD_RECORD - . + \flags
	.long	\slow - .
	.long	\word
	.long	\body
	.endm

	.p2align 3
	.type	guarded, @function
guarded:
	GUARD_HEAD
	GUARD_ALIGN
.Lguard:
	GUARD_JUMP
	ret
.Lbody:
	ret
.Lslow:
	subq	$8, %rsp
	.p2align 3,,4
	call	static_call_key_trampoline.log_hook
	entry	static_call_key_record.log_hook, 0
	addq	$8, %rsp
	ret
	.size	guarded, . - guarded
	.pushsection static_call_key_guards, "ao", @progbits, guarded
	.balign	4
	guard	.Lguard, 1, GUARD_SLOW, 0, 0
	guard	.Lguard, GUARD_FLAGS, GUARD_LAST_SLOW, (GUARD_WORD - .), (GUARD_BODY - .)
	GUARD_ENTRY
	.popsection
	.pushsection .data.rel.ro, "aw", @progbits
	.balign	8
.Lword:	.quad	GUARD_TARGET, 0
	.popsection
#endif

#ifdef BODY			/* the table of bodies; seven and nine are functions */
	.pushsection .text
	.type	seven, @function
seven:	endbr64
	mov	$7, %eax
	ret
	.type	nine, @function
nine:	mov	$9, %eax
	nop
	ret
	.popsection
	.macro	body of, length, code:vararg
	.long	\of - .
	.byte	\length
9:	\code
	.org	9b + 15
	.endm
	.pushsection static_call_key_bodies, "a", @progbits
	.balign	4
	BODY
	.popsection
#endif

	.pushsection static_call_key_targets, "aw", @progbits
	.balign	8
	TARGETS
	.popsection

	key	log_hook, log_hook, 0
	key	ops.8, ops, 8

#ifndef NO_DESCRIPTOR
	.weak	__start_static_call_key_sites, __stop_static_call_key_sites
	.hidden	__start_static_call_key_sites, __stop_static_call_key_sites
	.weak	__start_static_call_key_records, __stop_static_call_key_records
	.hidden	__start_static_call_key_records, __stop_static_call_key_records
	.weak	__start_static_call_key_targets, __stop_static_call_key_targets
	.hidden	__start_static_call_key_targets, __stop_static_call_key_targets
	.weak	__start_static_call_key_guards, __stop_static_call_key_guards
	.hidden	__start_static_call_key_guards, __stop_static_call_key_guards
	.weak	__start_static_call_key_bodies, __stop_static_call_key_bodies
	.hidden	__start_static_call_key_bodies, __stop_static_call_key_bodies
	.section .data.static_call_key_module, "awG", @progbits, static_call_key_module, comdat
	.balign	16
	.globl	static_call_key_module
	.hidden	static_call_key_module
	.type	static_call_key_module, @object
static_call_key_module:
	.short	DESCRIPTOR
	.long	0
	.quad	__start_static_call_key_sites, SITES_STOP
	.quad	__start_static_call_key_records, RECORDS_STOP
	.quad	0
	.quad	TARGETS_START, __stop_static_call_key_targets
	.quad	CODE
	.long	work - ., CODE_RESERVED
	.quad	0, 0, 0, 0
	.quad	GUARDS_START, __stop_static_call_key_guards
	.quad	__start_static_call_key_bodies, __stop_static_call_key_bodies
	.quad	0, 0, 0, 0, 0, 0
	.size	static_call_key_module, 192
#endif

	.data
	.balign	8
	.globl	log_hook
	.type	log_hook, @object
log_hook:
	.quad	work
	.size	log_hook, 8
#ifdef EXTERN
	EXTERN	ops
#else
	.globl	ops
	.type	ops, @object
ops:	.quad	work, work
	.size	ops, 16
#endif

	.text
	.globl	main
	.type	main, @function
main:
	xorl	%eax, %eax
	ret
	.size	main, . - main
	.section .note.GNU-stack, "", @progbits
