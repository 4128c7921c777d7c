/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where dynamic calls of a kernel module lead as linked. Each unit has its own of this, as objtool
 * lists the jumps of each object; what sites lead to has the name of a static call's
 * trampoline, as trampolines of keys have, so that the kernel lets no kprobe on the sites.
 *
 *	__SCT__static_call_key_dynamic:			as in dynamic.c, but in functions
 *		cmpq	$0, static_call_key_learn(%rip)	that do not fall into each other
 *		jne	1f
 *		jmp	__x86_indirect_thunk_r10
 *	1:	xorl	%r11d, %r11d
 *		jmp	__SCT__static_call_key_dynamic_known
 *	static_call_key_dynamic_plain:
 *		jmp	__x86_indirect_thunk_r10
 *	__SCT__static_call_key_dynamic_known:
 *		cmpq	$0, static_call_key_learn(%rip)
 *		jne	6f
 *		jmp	__x86_indirect_thunk_r10
 *	6:	...
 *	__SCT__static_call_key_dynamic.NAME:
 *		leaq	static_call_key_state.NAME+4(%rip), %r11
 *		jmp	__SCT__static_call_key_dynamic_known
 *
 * And the unit's part of the room for blocks, in the section static_call_key_room: see struct
 * static_call_key_room in static_call_abi.h, and the runtime's room.c.
 *
 * Of a kernel that has the runtime built in, modules have all this without the names of static calls.
 * vmlinux has it once, in the runtime's vmlinux-learn.c; only the code of states that have names
 * is written here.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/calls.h"
#include "model/decl.h"
#include "model/dynamic.h"
#include "model/options.h"
#include "emit/dynamic.h"
#include "emit/emit.h"
#include "emit/layout.h"
#include "emit/tables.h"
#include "emit/text.h"

#define ROOM_LINE   64 /* bytes of code for each site: a block of three targets */
#define ROOM_SPARE  4  /* such lines for all sites of the unit, to learn anew in */
#define ROOM_BOUNDS STATIC_CALL_KEY_ROOM_SECTION "_bounds"

/* A function that sites lead to: objtool takes only global ones for trampolines. */
static void kernel_start(const char *symbol)
{
	OUT("\t.globl\t%s\n"
	    "\t.hidden\t%s\n",
	    symbol, symbol);
	sck_function_start(symbol, NULL);
}

static void kernel_end(const char *symbol)
{
	sck_function_end(symbol);
	if (sck_options.kernel_module)
		sck_put_kernel_key(symbol, NULL);
}

static void kernel_put_no_target(const char *symbol)
{
	char *text = sck_not_a_target(symbol);

	OUT("%s", text);
	free(text);
}

/* Without a name: known is what others jump to, plain only jumps on. */
void sck_put_kernel_entry(const struct sck_state *state, const char *entry, const char *known,
			  const char *plain, const char *symbol)
{
	kernel_start(entry);
	OUT("\tcmpq\t$0, " STATIC_CALL_KEY_LEARN "(%%rip)\n"
	    "\tjne\t1f\n");
	sck_put_jump("r10", state->thunk);
	OUT("1:\txorl\t%%r11d, %%r11d\n"
	    "\tjmp\t%s\n",
	    known);
	kernel_end(entry);
	kernel_put_no_target(entry);

	sck_function_start(plain, NULL);
	sck_put_jump("r10", state->thunk);
	sck_function_end(plain);
	kernel_put_no_target(plain);

	kernel_start(known);
	OUT("\tcmpq\t$0, " STATIC_CALL_KEY_LEARN "(%%rip)\n"
	    "\tjne\t6f\n");
	sck_put_jump("r10", state->thunk);
	OUT("6:\n");
	sck_put_learning(symbol, state->thunk);
	sck_put_jump("r10", state->thunk);
	kernel_end(known);
	kernel_put_no_target(known);
}

void sck_put_kernel_named(const char *entry, const char *known, const char *symbol)
{
	kernel_start(entry);
	OUT("\tleaq\t%s+%d(%%rip), %%r11\n"
	    "\tjmp\t%s\n",
	    symbol, STATIC_CALL_KEY_STATE_SHARED, known);
	kernel_end(entry);
	kernel_put_no_target(entry);
}

static void kernel_put_bound(const char *which, const char *section)
{
	OUT("\t.weak\t__%s_%s\n"
	    "\t.hidden\t__%s_%s\n"
	    "\t.quad\t__%s_%s\n",
	    which, section, which, section, which, section);
}

/* Room for the blocks of so many sites, and what tells where all of it is. */
void sck_put_kernel_room(unsigned int sites, const char *plain)
{
	static const char blocks[] = "static_call_key_blocks";

	sck_open_section(STATIC_CALL_KEY_ROOM_SECTION, "ax", "progbits", NULL);
	OUT("\t.balign\t%d\n", ROOM_LINE);
	sck_define(blocks, false, "function");
	OUT("\t.fill\t%u, 1, 0x90\n"
	    "\tjmp\t%s\n"
	    "\t.size\t%s, .-%s\n",
	    (sites + ROOM_SPARE) * ROOM_LINE - 5, plain, blocks, blocks);
	kernel_put_no_target(blocks);

	/* How large it has to be the linker script knows, of all units together. */
	sck_open_section(STATIC_CALL_KEY_COUNTS_SECTION, "aw", "nobits", NULL);
	OUT("\t.balign\t64\n");

	sck_open_section(".rodata." ROOM_BOUNDS, "a", "progbits", ROOM_BOUNDS);
	OUT("\t.balign\t8\n");
	sck_define(ROOM_BOUNDS, true, "object");
	AT(room, code_start, 0);
	AT(room, code_stop, 8);
	kernel_put_bound("start", STATIC_CALL_KEY_ROOM_SECTION);
	kernel_put_bound("stop", STATIC_CALL_KEY_ROOM_SECTION);
	AT(room, data_start, 16);
	AT(room, data_stop, 24);
	kernel_put_bound("start", STATIC_CALL_KEY_COUNTS_SECTION);
	kernel_put_bound("stop", STATIC_CALL_KEY_COUNTS_SECTION);
	ENDS(room, 32, STATIC_CALL_KEY_ROOM_SIZE);
	OUT("\t.size\t" ROOM_BOUNDS ", %d\n", STATIC_CALL_KEY_ROOM_SIZE);
}
