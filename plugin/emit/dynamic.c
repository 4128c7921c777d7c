/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where dynamic calls lead as linked, once a module for each way of jumping to a register:
 *
 *	static_call_key_dynamic:		known by the return address of the site
 *		cmpq	$0, static_call_key_learn(%rip)
 *		jne	1f
 *	static_call_key_dynamic_plain:
 *		jmp	*%r10
 *	static_call_key_dynamic_known:		known by what is in %r11
 *		cmpq	$0, static_call_key_learn(%rip)
 *		je	static_call_key_dynamic_plain
 *		...
 *
 * and for each state with a name
 *
 *	static_call_key_dynamic.NAME:
 *		leaq	static_call_key_state.NAME+4(%rip), %r11
 *		jmp	static_call_key_dynamic_known
 *
 * static_call_abi.h tells what the function finds that is called to learn.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/calls.h"
#include "model/dynamic.h"
#include "emit/dynamic.h"
#include "emit/emit.h"
#include "emit/layout.h"
#include "emit/text.h"

/*
 * %r11 is what is known of the site. Call what learns, and go on: it may be there or not, also by the
 * time that it is called.
 */
static void dynamic_put_learning(const char *state, enum indirect_branch thunk)
{
	OUT("\tpushq\t%%r11\n");
	sck_cfa_moved(8);
	OUT("\tleaq\t%s(%%rip), %%r11\n"
	    "\tpushq\t%%r11\n",
	    state);
	sck_cfa_moved(8);
	OUT("\tmovq\t" STATIC_CALL_KEY_LEARN "(%%rip), %%r11\n"
	    "\ttestq\t%%r11, %%r11\n"
	    "\tje\t7f\n");
	if (thunk <= indirect_branch_keep) {
		OUT("\tcall\t*%%r11\n");
	} else {
		OUT("\tcall\t8f\n"
		    "\tjmp\t7f\n"
		    "8:\n");
		sck_cfa_moved(8);
		sck_put_jump("r11", thunk);
		sck_cfa_moved(-8);
	}
	OUT("7:\taddq\t$16, %%rsp\n");
	sck_cfa_moved(-16);
}

static void dynamic_put_entry(const struct sck_state *state)
{
	char *entry = sck_state_part(state, SCK_DYNAMIC_ENTRY);
	char *known = concat(entry, SCK_DYNAMIC_KNOWN, NULL);
	char *plain = concat(entry, SCK_DYNAMIC_PLAIN, NULL);
	char *symbol = sck_state_part(state, SCK_DYNAMIC_STATE);

	sck_function_start(entry, symbol);
	sck_put_endbr();
	OUT("\tcmpq\t$0, " STATIC_CALL_KEY_LEARN "(%%rip)\n"
	    "\tjne\t5f\n");
	sck_define(plain, true, "function");
	sck_put_jump("r10", state->thunk);
	sck_define(known, true, "function");
	OUT("\tcmpq\t$0, " STATIC_CALL_KEY_LEARN "(%%rip)\n"
	    "\tje\t%s\n"
	    "\tjmp\t6f\n"
	    "5:\txorl\t%%r11d, %%r11d\n"
	    "6:\n",
	    plain);
	dynamic_put_learning(symbol, state->thunk);
	OUT("\tjmp\t%s\n", plain);
	OUT("\t.size\t%s, .-%s\n\t.size\t%s, .-%s\n", plain, plain, known, known);
	sck_function_end(entry);
	free(entry);
	free(known);
	free(plain);
	free(symbol);
}

/* state: with a name; like: what calls that jump in the same way have in common. */
static void dynamic_put_named(const struct sck_state *state, const struct sck_state *like)
{
	char *entry = sck_state_part(state, SCK_DYNAMIC_ENTRY);
	char *known = sck_state_part(like, SCK_DYNAMIC_ENTRY);
	char *symbol = sck_state_part(state, SCK_DYNAMIC_STATE);

	sck_function_start(entry, symbol);
	sck_put_endbr();
	OUT("\tleaq\t%s+%d(%%rip), %%r11\n"
	    "\tjmp\t%s" SCK_DYNAMIC_KNOWN "\n",
	    symbol, STATIC_CALL_KEY_STATE_SHARED, known);
	sck_function_end(entry);
	free(entry);
	free(known);
	free(symbol);
}

static void dynamic_put_state(const struct sck_state *state, const struct sck_state *like)
{
	char *symbol = sck_state_part(state, SCK_DYNAMIC_STATE);
	char *entry = sck_state_part(like, SCK_DYNAMIC_ENTRY);
	const char *c;

	sck_open_section(".rodata.static_call_key_states", "a", "progbits", symbol);
	OUT("\t.balign\t%d\n", STATIC_CALL_KEY_STATE_SIZE);
	sck_define(symbol, true, "object");
	AT(state, entry, 0);
	AT(state, entry_known, 4);
	AT(state, plain, 8);
	OUT("\t.long\t%s-., %s" SCK_DYNAMIC_KNOWN "-., %s" SCK_DYNAMIC_PLAIN "-.\n", entry, entry,
	    entry);
	AT(state, name, 12);
	OUT("\t.long\t%s\n", state->name ? "9f-." : "0");
	AT(state, reserved, 16);
	ENDS(state, 64, STATIC_CALL_KEY_STATE_SIZE);
	OUT("\t.zero\t48\n\t.size\t%s, %d\n", symbol, STATIC_CALL_KEY_STATE_SIZE);
	if (state->name) {
		OUT("9:\t.string\t\"");
		for (c = state->name; *c; c++)
			OUT(*c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
		OUT("\"\n");
	}
	free(symbol);
	free(entry);
}

/* All states of the unit that have sites. */
void sck_put_states(const struct sck_key *)
{
	unsigned int i;

	/* Those that are wanted by others come to the end of the list. */
	for (i = 0; i < sck_state_count(); i++) {
		struct sck_state *state = sck_state_nth(i);

		if (state->sites && state->name)
			sck_state_get(NULL, state->thunk)->sites++;
	}
	for (i = 0; i < sck_state_count(); i++) {
		struct sck_state *state = sck_state_nth(i), *like;

		if (!state->sites)
			continue;
		like = sck_state_get(NULL, state->thunk);
		if (state == like)
			dynamic_put_entry(state);
		else
			dynamic_put_named(state, like);
		dynamic_put_state(state, like);
	}
}

bool sck_have_dynamic(void)
{
	unsigned int i;

	for (i = 0; i < sck_state_count(); i++)
		if (sck_state_nth(i)->sites)
			return true;
	return false;
}
