/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables of dynamic calls with random damage: each call reaches the function that it was made
 * with, and nothing crashes. What a state says of code has to be so; its name may be anything.
 *
 *	tables-1 [COUNT [SEED [NUMBER]]]
 */
#include "dynamic.h"

#include "damage.h"

STATES;
NAMED(ops, jump);
NAMED(other, thunk);
NAMED_CALL(first, ops);
NAMED_CALL(second, ops);
NAMED_TAIL(third, ops);
NAMED_CALL(fourth, other);
CALL(fifth, jump);
TAIL(sixth, thunk);
MODULE

extern struct static_call_key_state ops __asm__("ops"), other __asm__("other");
extern struct static_call_key_state state_jump __asm__("state_jump");

enum { DESCRIPTOR, SITES, STATE, KINDS };

/* Names that are wrong, or fields that nobody knows. */
static void damage_state_of(struct static_call_key_state *state)
{
	damage(&state->name, sizeof(*state) - offsetof(struct static_call_key_state, name));
}

static int see(const struct static_call_dynamic_info *info, void *data)
{
	(void)info, (void)data;
	return 0;
}

static void try_one(int what)
{
	static const caller callers[] = { first, second, third, fourth, fifth, sixth };
	struct static_call_key_module m = module;
	size_t n = 1 + number() % 3, c;
	long i;

	for (; n; n--) {
		if (what == DESCRIPTOR)
			damage(&module, sizeof(module));
		else if (what == SITES)
			damage((void *)m.dynamics_start, m.dynamics_stop - m.dynamics_start);
		else
			damage_state_of(n == 1 ? &ops : n == 2 ? &other : &state_jump);
	}
	/* The runtime's own. */
	module.learn = 0;
	static_call_key_rt_register(&module);
	for (i = 0; i < 3000; i++)
		for (c = 0; c < sizeof(callers) / sizeof(*callers); c++)
			check_call(callers[c], i, i % 2000 ? c : 8 + (unsigned int)i % 3);
	static_call_dynamic_learn();
	static_call_dynamic_for_each(see, NULL);
	for (c = 0; c < sizeof(callers) / sizeof(*callers); c++)
		make_calls(callers[c], 9, 100);
	static_call_dynamic_freeze();
	for (c = 0; c < sizeof(callers) / sizeof(*callers); c++)
		make_calls(callers[c], c + 1, 100);
	static_call_key_rt_unregister(&module);
	for (c = 0; c < sizeof(callers) / sizeof(*callers); c++)
		make_calls(callers[c], c, 10);
}

int main(int argc, char **argv)
{
	make_writable(module.dynamics_start, module.dynamics_stop);
	make_writable((uintptr_t)&ops & ~4095ul, (uintptr_t)(&ops + 1));
	make_writable((uintptr_t)&other & ~4095ul, (uintptr_t)(&other + 1));
	make_writable((uintptr_t)&state_jump & ~4095ul, (uintptr_t)(&state_jump + 1));
	return try_all(argc, argv, KINDS);
}
