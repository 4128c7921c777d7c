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
#include "model/decl.h"
#include "model/dynamic.h"
#include "model/options.h"
#include "emit/dynamic.h"
#include "emit/emit.h"
#include "emit/layout.h"
#include "emit/text.h"

/* What the parts of a state are called; to be freed by dynamic_forget(). */
struct dynamic_names {
	char *entry, *symbol;
	char *nameless, *known, *plain; /* of what calls that jump in the same way share */
};

/* like: the state of what is shared so. */
static struct dynamic_names dynamic_name(const struct sck_state *state,
					 const struct sck_state *like)
{
	struct dynamic_names names;
	size_t skip = sck_options.kernel_module ? strlen(SCK_KERNEL_TRAMPOLINE) : 0;

	names.entry = sck_state_code(state);
	names.symbol = sck_state_symbol(state);
	names.nameless = sck_state_code(like);
	names.known = concat(names.nameless, SCK_DYNAMIC_KNOWN, NULL);
	/* In the kernel no site leads there as linked. */
	names.plain = concat(names.nameless + skip, SCK_DYNAMIC_PLAIN, NULL);
	return names;
}

static void dynamic_forget(struct dynamic_names *names)
{
	free(names->entry);
	free(names->nameless);
	free(names->known);
	free(names->plain);
	free(names->symbol);
}

static void dynamic_put_entry(const struct sck_state *state, const struct dynamic_names *names)
{
	sck_function_start(names->entry, names->symbol);
	sck_put_endbr();
	OUT("\tcmpq\t$0, " STATIC_CALL_KEY_LEARN "(%%rip)\n"
	    "\tjne\t5f\n");
	sck_define(names->plain, true, "function");
	sck_put_jump("r10", state->thunk);
	sck_define(names->known, true, "function");
	OUT("\tcmpq\t$0, " STATIC_CALL_KEY_LEARN "(%%rip)\n"
	    "\tje\t%s\n"
	    "\tjmp\t6f\n"
	    "5:\txorl\t%%r11d, %%r11d\n"
	    "6:\n",
	    names->plain);
	sck_put_learning(names->symbol, state->thunk);
	OUT("\tjmp\t%s\n", names->plain);
	OUT("\t.size\t%s, .-%s\n\t.size\t%s, .-%s\n", names->plain, names->plain, names->known,
	    names->known);
	sck_function_end(names->entry);
}

/* Of a state with a name. */
static void dynamic_put_named(const struct dynamic_names *names)
{
	sck_function_start(names->entry, names->symbol);
	sck_put_endbr();
	OUT("\tleaq\t%s+%d(%%rip), %%r11\n" SCK_EXACT_JUMP("%s"), names->symbol,
	    STATIC_CALL_KEY_STATE_SHARED, names->known);
	sck_function_end(names->entry);
}

static void dynamic_put_code(const struct sck_state *state, const struct dynamic_names *names)
{
	if (sck_kernel_dynamic() && state->name)
		sck_put_kernel_named(names->entry, names->known, names->symbol);
	else if (sck_kernel_units())
		sck_put_kernel_entry(state, names->entry, names->known, names->plain,
				     names->symbol);
	else if (state->name)
		dynamic_put_named(names);
	else
		dynamic_put_entry(state, names);
}

/* In the kernel, what has no name is a unit's own. */
static void dynamic_put_state(const struct sck_state *state, const struct dynamic_names *names)
{
	bool shared = state->name || !sck_kernel_units();
	const char *c;

	sck_open_section(".rodata.static_call_key_states", "a", "progbits",
			 shared ? names->symbol : NULL);
	OUT("\t.balign\t%d\n", STATIC_CALL_KEY_STATE_SIZE);
	sck_define(names->symbol, shared, "object");
	AT(state, entry, 0);
	AT(state, entry_known, 4);
	AT(state, plain, 8);
	OUT("\t.long\t%s-., %s-., %s-.\n", names->nameless, names->known, names->plain);
	AT(state, name, 12);
	OUT("\t.long\t%s\n", state->name ? "9f-." : "0");
	AT(state, reserved, 16);
	ENDS(state, 64, STATIC_CALL_KEY_STATE_SIZE);
	OUT("\t.zero\t48\n\t.size\t%s, %d\n", names->symbol, STATIC_CALL_KEY_STATE_SIZE);
	if (!state->name)
		return;
	OUT("9:\t.string\t\"");
	for (c = state->name; *c; c++)
		OUT(*c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
	OUT("\"\n");
}

/* All states of the unit that have sites. */
void sck_put_states(const struct sck_key *)
{
	unsigned int i, sites = 0;
	char *plain = NULL;

	/* Those that are wanted by others come to the end of the list. */
	for (i = 0; i < sck_state_count(); i++) {
		struct sck_state *state = sck_state_nth(i);

		sites += state->sites;
		if (state->sites && state->name)
			sck_state_get(NULL, state->thunk)->sites++;
	}
	for (i = 0; i < sck_state_count(); i++) {
		struct sck_state *state = sck_state_nth(i);
		struct dynamic_names names;

		/* The runtime of a kernel has that which has no name. */
		if (!state->sites || (sck_options.kernel_vmlinux && !state->name))
			continue;
		names = dynamic_name(state, sck_state_get(NULL, state->thunk));
		dynamic_put_code(state, &names);
		dynamic_put_state(state, &names);
		if (!plain)
			plain = xstrdup(names.plain);
		dynamic_forget(&names);
	}
	if (sck_kernel_units() && plain)
		sck_put_kernel_room(sites, plain);
	free(plain);
}

bool sck_have_dynamic(void)
{
	unsigned int i;

	for (i = 0; i < sck_state_count(); i++)
		if (sck_state_nth(i)->sites)
			return true;
	return false;
}
