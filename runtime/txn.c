// SPDX-License-Identifier: MIT
/*
 * txn.c - transactions: everything that changes a site.
 *
 * Add records with their new targets, check that all their sites hold the bytes
 * that were left there, open one window a module, store, close. Pointers are
 * stored after that, when nothing can fail any more.
 *
 * A fork while another thread is in here leaves the child half a transaction.
 * The child sees the stores of each thread of the parent up to some point, in
 * program order, so: busy is set before anything else; .next before the first
 * site changes, and .cur after the last window was closed; open_hi before a
 * window is opened and cleared after it was closed.
 *
 * A breakpoint on a site, of a debugger or a uprobe, is a byte that nobody left
 * there: updates of the key fail with -EILSEQ until it is removed. A site that
 * has one when its module registers is left at its trampoline.
 */
#include "internal.h"

void scrt_txn_add(struct scrt_txn *t, struct scrt_module *m, uint32_t record, uintptr_t target)
{
	struct scrt_record *r = &m->state[record];

	if (m->degraded)
		return;
	if (!t->modules) {
		scrt_publish(&t->state->busy, true);
		__atomic_signal_fence(__ATOMIC_SEQ_CST);
	}
	r->next = target;
	if (r->link != SCRT_LINK_NONE)
		return;
	if (m->pending == SCRT_LINK_END) {
		m->next = t->modules;
		t->modules = m;
	}
	r->link = m->pending;
	m->pending = record;
}

/* End the transaction for every record: at its new target, or at its old one. */
static void txn_end(struct scrt_txn *t, bool commit)
{
	struct scrt_module *m;
	uint32_t i, link;

	for (m = t->modules; m; m = m->next) {
		for (i = m->pending; i != SCRT_LINK_END; i = link) {
			struct scrt_record *r = &m->state[i];

			link = r->link;
			if (commit)
				scrt_publish(&r->cur, r->next);
			else
				scrt_publish(&r->next, r->cur);
			r->link = SCRT_LINK_NONE;
		}
		m->pending = SCRT_LINK_END;
	}
	t->modules = NULL;
	scrt_publish(&t->state->busy, false);
}

static int txn_check(struct scrt_txn *t)
{
	struct scrt_module *m;
	uint32_t i;
	int err;

	for (m = t->modules; m; m = m->next) {
		m->patch_lo = UINTPTR_MAX;
		m->patch_hi = 0;
		for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link) {
			err = scrt_sites_check(m, i);
			if (err)
				return err;
		}
		if (m->patch_hi)
			t->patched = true;
	}
	return 0;
}

/* Open a window for sites in [lo, hi); one that was left open is part of it. */
static int window_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	uintptr_t was_lo = m->open_lo, was_hi = m->open_hi;
	int err;

	if (m->writable)
		return 0;
	lo = scrt_text_start(lo);
	hi = scrt_text_end(hi);
	if (was_hi) {
		if (m->opened && lo >= was_lo && hi <= was_hi)
			return 0;
		lo = was_lo < lo ? was_lo : lo;
		hi = was_hi > hi ? was_hi : hi;
	}
	scrt_publish(&m->open_lo, lo);
	scrt_publish(&m->open_hi, hi);
	err = scrt_text_open(m, lo, hi);
	if (!err) {
		m->opened = true;
		return 0;
	}
	/* Of several mappings, the first ones may be open. */
	if (!scrt_text_close(m, lo, hi)) {
		m->opened = false;
		was_hi = 0;
	}
	scrt_publish(&m->open_hi, was_hi);
	scrt_publish(&m->open_lo, was_lo);
	return err;
}

int scrt_window_close(struct scrt_state *s, struct scrt_module *m)
{
	int err;

	if (!m->open_hi)
		return 0;
	err = scrt_text_close(m, m->open_lo, m->open_hi);
	if (err) {
		s->left_open = true;
		return err;
	}
	m->opened = false;
	scrt_publish(&m->open_hi, 0);
	return 0;
}

static int txn_close(struct scrt_txn *t)
{
	struct scrt_module *m;
	int err, first = 0;

	for (m = t->modules; m; m = m->next) {
		err = scrt_window_close(t->state, m);
		if (err && !first)
			first = err;
	}
	return first;
}

static int txn_open(struct scrt_txn *t)
{
	struct scrt_module *m;
	int err;

	for (m = t->modules; m; m = m->next) {
		if (!m->patch_hi)
			continue;
		err = window_open(m, m->patch_lo, m->patch_hi);
		if (err) {
			txn_close(t);
			return err;
		}
	}
	return 0;
}

static void txn_move(struct scrt_txn *t, bool forward)
{
	struct scrt_module *m;
	uint32_t i;

	for (m = t->modules; m; m = m->next) {
		if (!m->patch_hi)
			continue;
		for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link) {
			struct scrt_record *r = &m->state[i];

			if (forward)
				scrt_sites_move(m, i, r->cur, r->next);
			else
				scrt_sites_move(m, i, r->next, r->cur);
		}
		scrt_text_changed(m->patch_lo, m->patch_hi);
	}
}

int scrt_txn_run(struct scrt_txn *t, bool forward)
{
	int err;

	if (!t->modules)
		return 0;
	err = txn_check(t);
	if (!err && t->patched)
		err = txn_open(t);
	if (err) {
		t->patched = false;
		txn_end(t, false);
		return err;
	}
	if (!t->patched) {
		txn_end(t, true);
		return 0;
	}
	txn_move(t, true);
	err = txn_close(t);
	/*
	 * A window that does not close can still be written through: go back,
	 * so that a failure has changed nothing. Others were closed and have to
	 * open again for that; if they do not, only going on keeps the sites of
	 * one key together.
	 */
	if (err && !forward && !txn_open(t)) {
		txn_move(t, false);
		txn_close(t);
		txn_end(t, false);
		return err;
	}
	txn_end(t, true);
	return forward ? err : 0;
}

void scrt_txn_finish(struct scrt_txn *t)
{
	if (t->patched)
		scrt_sync_cores(t->state);
}

void scrt_txn_undo(struct scrt_state *s, struct scrt_module *m)
{
	bool open = false;
	uint32_t i;

	m->opened = false; /* not known */
	m->pending = SCRT_LINK_END;
	for (i = 0; i < m->nrecords; i++) {
		struct scrt_record *r = &m->state[i];

		r->link = SCRT_LINK_NONE;
		if (r->cur == r->next)
			continue;
		if (!open)
			open = window_open(m, m->text_lo, m->text_hi) == 0;
		/* If not, an update will meet these sites, and say -EILSEQ. */
		if (open)
			scrt_sites_move(m, i, r->next, r->cur);
		r->next = r->cur;
	}
	scrt_text_changed(m->text_lo, m->text_hi);
	scrt_window_close(s, m);
}
