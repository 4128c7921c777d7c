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
		for (i = 0; i < reg->nmodules; i++)
			scrt_txn_undo(s, reg->modules[i]);
		s->busy = false;
		scrt_sync_cores(s);
	}
	/* Threads of the parent may have stored to keys and not come here yet. */
	scrt_follow_best(s, 0, UINTPTR_MAX);
}

int scrt_enter(struct scrt_state **state)
{
	struct scrt_state *s;
	bool forked;
	size_t i;
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
	if (forked)
		enter_recover(s);
	if (s->left_open) {
		s->left_open = false;
		for (i = 0; s->registry && i < s->registry->nmodules; i++)
			scrt_window_close(s, s->registry->modules[i]);
	}
	return 0;
}

void scrt_leave(struct scrt_state *s)
{
	while (!scrt_unlock(s))
		scrt_follow_or_stop(s, 0, UINTPTR_MAX);
}
