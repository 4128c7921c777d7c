// SPDX-License-Identifier: MIT
/*
 * enter.c - the way into the runtime and out of it: the lock, and what is due with it.
 *
 * The first call in a forked child undoes what of a transaction the fork has
 * caught, and then follows the pointers. That call must not be made in a signal
 * handler that interrupted the runtime and forked: the child would undo what the
 * handler returns to.
 */
#include "enter.h"
#include "follow.h"
#include "learned.h"
#include "port.h"
#include "txn.h"

/* In a forked child, once: undo half a transaction, and follow what was stored since. */
static void enter_recover(struct scrt_state *s)
{
	const struct scrt_registry *reg = s->registry;
	size_t i;

	if (!reg)
		return;
	if (s->busy) {
		for (i = 0; i < reg->nmodules; i++) {
#if SCRT_PORT_DYNAMIC
			if (reg->modules[i]->dynamic)
				scrt_learned_recover(reg->modules[i]->dynamic);
#endif
			scrt_txn_undo(s, reg->modules[i]);
		}
		s->busy = false;
		scrt_sync_cores(s);
	}
	/* Threads of the parent may have stored to keys and not come here yet. */
	scrt_follow_best(s, 0, UINTPTR_MAX);
}

static void enter_close_left_open(struct scrt_state *s)
{
	size_t i;

	if (!s->left_open)
		return;
	s->left_open = false;
	for (i = 0; s->registry && i < s->registry->nmodules; i++)
		scrt_window_close(s, s->registry->modules[i]);
}

int scrt_enter(struct scrt_state **state)
{
	struct scrt_state *s;
	bool forked;
	int err = 0;

	s = scrt_known();
	if (!s)
		s = scrt_find_state(&err);
	if (!s)
		return err;
	err = scrt_lock(s, &forked);
	if (err)
		return err;
	*state = s;
	/* E: a child whose parent was in here finds this set: the partner is scrt_trylock(). */
	scrt_publish(&s->inside, true);
	if (forked)
		enter_recover(s);
	enter_close_left_open(s);
	return 0;
}

#if SCRT_PORT_DYNAMIC && !SCRT_PORT_LEARN_LATER
bool scrt_try_enter(struct scrt_state *s)
{
	if (!scrt_trylock(s))
		return false;
	scrt_publish(&s->inside, true);
	enter_close_left_open(s);
	return true;
}
#endif

void scrt_leave(struct scrt_state *s)
{
	for (;;) {
		scrt_publish(&s->inside, false);
		if (scrt_unlock(s))
			return;
		scrt_publish(&s->inside, true);
		scrt_follow_or_stop(s, 0, UINTPTR_MAX);
	}
}
