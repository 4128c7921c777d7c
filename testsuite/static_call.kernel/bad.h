/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A module with hand-made tables: a key, its record, one site, one guard, one dynamic call, each
 * right but for what the including file says otherwise. Compiled without the plugin.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <static_call_abi.h>

#ifndef BAD_VERSION
#define BAD_VERSION "4"
#endif
#ifndef BAD_RECORD_VERSION
#define BAD_RECORD_VERSION "4"
#endif
#ifndef BAD_SITE
#define BAD_SITE "bad_site"
#endif
#ifndef BAD_RECORD
#define BAD_RECORD "bad_record"
#endif
#ifndef BAD_KEY
#define BAD_KEY "bad_key"
#endif
#ifndef BAD_TRAMPOLINE
#define BAD_TRAMPOLINE "bad_trampoline"
#endif
#ifndef BAD_NAME
#define BAD_NAME "bad_name"
#endif
#ifndef BAD_SITES_STOP
#define BAD_SITES_STOP "bad_sites + 8"
#endif
#ifndef BAD_TARGETS
#define BAD_TARGETS "0, 0"
#endif
#ifndef BAD_GUARDS
#define BAD_GUARDS "bad_guards, bad_guards + 20"
#endif
#ifndef BAD_SLOW
#define BAD_SLOW "bad_slow"
#endif
#ifndef BAD_BODY
#define BAD_BODY "0"
#endif
#ifndef BAD_LABEL
#define BAD_LABEL "bad_guard"
#endif
#ifndef BAD_WORD
#define BAD_WORD "bad_words"
#endif
#ifndef BAD_DYNAMICS
#define BAD_DYNAMICS "bad_dynamics, bad_dynamics + 8"
#endif
#ifndef BAD_DYNAMIC
#define BAD_DYNAMIC "bad_other"
#endif
#ifndef BAD_STATE
#define BAD_STATE "bad_state"
#endif
#ifndef BAD_PLAIN
#define BAD_PLAIN "bad_trampoline"
#endif
#ifndef BAD_ROOM
#define BAD_ROOM "bad_other, bad_on"
#endif
#ifndef BAD_COUNTS
#define BAD_COUNTS "bad_words, bad_words + 8"
#endif
#ifndef BAD_RECORDS_START
#define BAD_RECORDS_START "bad_record"
#endif

/* These addresses are in data, and for no indirect jump: to objtool of either kind. */
#define NO_TARGET(place)                                                       \
	"	.pushsection .discard.noendbr\n"                              \
	"	.quad " place "\n"                                            \
	"	.popsection\n"                                                \
	"	.pushsection .discard.annotate_insn, \"M\", @progbits, 8\n" \
	"	.long " place " - ., 1\n"                                     \
	"	.popsection\n"

asm("	.pushsection .data\n"
    "	.p2align 6\n"
    "bad_record:\n"
    "	.short " BAD_RECORD_VERSION ", 64\n"
    "	.long 0\n"
    "	.quad " BAD_KEY "\n"
    "	.long " BAD_TRAMPOLINE " - ., " BAD_NAME " - .\n"
    "	.zero 40\n"
    "	.globl static_call_key_module\n"
    "	.type static_call_key_module, @object\n"
    "	.size static_call_key_module, 192\n"
    "static_call_key_module:\n"
    "	.short " BAD_VERSION ", 192\n"
    "	.long 0\n"
    "	.quad bad_sites, " BAD_SITES_STOP "\n"
    "	.quad " BAD_RECORDS_START ", bad_record + 64\n"
    "	.quad 0, " BAD_TARGETS "\n"
    "	.quad 0, 0, 0, 0, 0, 0, " BAD_GUARDS ", 0, 0, 0, 0, " BAD_DYNAMICS ", 0, bad_room\n"
    "bad_sites:\n"
    "	.long " BAD_SITE " - ., " BAD_RECORD " - .\n"
    "bad_guards:\n"
    "	.long bad_guard - ., bad_record - ., " BAD_SLOW " - ., " BAD_WORD " - ., " BAD_BODY "\n"
    "bad_dynamics:\n"
    "	.long " BAD_DYNAMIC " - ., " BAD_STATE " + 1 - .\n"
    "	.balign 64\n"
    "bad_state:\n"
    "	.long bad_trampoline - ., bad_trampoline - ., " BAD_PLAIN " - ., 0\n"
    "	.zero 48\n"
    "bad_room:\n"
    "	.quad " BAD_ROOM ", " BAD_COUNTS "\n"
    "bad_words:\n"
    "	.quad bad_target\n"
    "	.type bad_key, @object\n"
    "	.size bad_key, 8\n"
    "bad_key:\n"
    "	.quad bad_target\n"
    "bad_name:\n"
    "	.string \"bad\"\n"
    "	.balign 8\n"
    "bad_label_key:\n"
    "	.quad 0, 0\n"
    "	.popsection\n"
    "	.pushsection __jump_table, \"aw\"\n"
    "	.balign 8\n"
    "	.long " BAD_LABEL " - ., bad_slow - .\n"
    "	.quad bad_label_key + 1 - .\n"
    "	.popsection\n" NO_TARGET("bad_trampoline") NO_TARGET("bad_function") NO_TARGET("bad_guard")
    NO_TARGET("bad_slow") NO_TARGET("bad_target") NO_TARGET("bad_other")
    NO_TARGET("bad_on"));

void bad_target(void);
void bad_function(void);
void bad_trampoline(void);

void bad_target(void)
{
}

/* bad_trampoline() only has to be code of the module. */
void bad_trampoline(void)
{
}

asm("	.pushsection .text\n"
    "	.p2align 4\n"
    "	.globl bad_function\n"
    "	.type bad_function, @function\n"
    "bad_function:\n"
    "bad_site:\n"
    "	jmp bad_trampoline\n"
    "	int3\n"
    "	.size bad_function, . - bad_function\n"
    "	.p2align 4\n"
    "	.globl bad_guarded\n"
    "	.type bad_guarded, @function\n"
    "bad_guarded:\n"
    "	nop\n"
    "bad_guard:\n"
    "	.byte 0xe9\n"
    "	.long bad_slow - . - 4\n"
    "bad_slow:\n"
    "	jmp bad_trampoline\n"
    "	int3\n"
    "	.size bad_guarded, . - bad_guarded\n"
    "	.p2align 4\n"
    "	.globl bad_labelled\n"
    "	.type bad_labelled, @function\n"
    "bad_labelled:\n"
    "	nop\n"
    "bad_other:\n"
    "	.byte 0xe9\n"
    "	.long bad_on - . - 4\n"
    "bad_on:\n"
    "	jmp bad_trampoline\n"
    "	int3\n"
    "	.size bad_labelled, . - bad_labelled\n"
    "	.popsection\n");

static int __init bad_init(void)
{
	pr_info("static_call_test: %s was loaded\n", THIS_MODULE->name);
	return 0;
}

static void __exit bad_exit(void)
{
}

module_init(bad_init);
module_exit(bad_exit);
MODULE_DESCRIPTION("static_call: tables made by hand");
MODULE_LICENSE("GPL");
