// SPDX-License-Identifier: MIT
/*
 * txn.c - transactions: everything that changes a site.
 *
 * Add records with their new targets, check that all their sites hold the bytes
 * that were left there or are as linked, open one window a module, store, close, and
 * check again. Pointers are stored after that, when nothing can fail any more.
 *
 * A module that has just come is spared both checks: its sites were read a moment ago, and a
 * store that is lost leaves one as it was linked, which is right. But if anything goes wrong, it
 * is treated as all others. One that goes is spared the first, for what can go back shall.
 *
 * The second check is for stores that are lost: a kernel before 6.16 copies the page to set a
 * uprobe, and puts the copy in its place. No later kernel has it (.stays). What was not
 * changed is then changed once more, and if that keeps happening, all is taken back;
 * but for sites that are always found as they were linked: they lead right as they are.
 *
 * E: a fork while another thread is in here leaves the child half a transaction.
 * The child sees the stores of each thread of the parent up to some point, in
 * program order, so: busy is set before anything else; .next before the first
 * site changes, and .cur after the last window was closed; open_hi before a
 * window is opened and cleared after it was closed. The partner of all these is
 * scrt_txn_undo(), which the child calls before it looks at anything else. (That stores
 * of one processor are seen by the others in program order: Intel SDM, vol. 3,
 * "Memory Ordering"; AMD APM, vol. 2, 7.2.)
 *
 * Why a site changes by one store, and what processors see that run through it, stands at
 * the head of x86_64.h. When all have changed, scrt_txn_finish() lets every core see it.
 */
#include "port.h"
#include "registry.h"
#include "sites.h"
#include "sweep.h"
#include "txn.h"
#include "x86_64-body.h"

/* The body that the sites of this record may hold for the target; 0: none. */
static uint64_t txn_body(const struct scrt_state *s, const struct scrt_record *r, uintptr_t target)
{
	uint64_t body = s->calls ? 0 : scrt_registry_body(s->registry, target);

	if (!(r->flags & SCRT_RECORD_SEALED))
		return body & SCRT_BODY_SEVERAL ? 0 : body;
	return body ? body | SCRT_BODY_SEALED : 0;
}

bool scrt_txn_body_is_due(const struct scrt_state *s, const struct scrt_record *r)
{
	return !scrt_body_stays(r->cur_body) && txn_body(s, r, r->cur) != r->cur_body;
}

/*
 * E: in each moment a child finds a target with its body, or without one, which is as
 * right: sites may lead to the target always.
 */
static void txn_publish_aim(uintptr_t *target, uint64_t *body, const struct scrt_aim *aim)
{
	scrt_publish(body, 0);
	scrt_publish(target, aim->target);
	scrt_publish(body, aim->body);
}

void scrt_txn_add(struct scrt_txn *t, struct scrt_module *m, uint32_t record, uintptr_t target)
{
	struct scrt_record *r = &m->state[record];
	struct scrt_aim aim;

	/* What was prelinked has to change with its key, as long as it is where the tables say. */
	if (m->degraded && (!(r->flags & SCRT_RECORD_PRELINKED) || m->why == -ESTALE))
		return;
	if (!t->modules) {
		/* E: before .next, which is an ordinary store. */
		scrt_publish(&t->state->busy, true);
		__atomic_signal_fence(__ATOMIC_SEQ_CST);
	}
	aim.target = target;
	aim.body = txn_body(t->state, r, target);
	txn_publish_aim(&r->next, &r->next_body, &aim);
	if (r->link != SCRT_LINK_NONE)
		return;
	if (m->pending == SCRT_LINK_END) {
		m->next = t->modules;
		t->modules = m;
	}
	r->link = m->pending;
	m->pending = record;
}

void scrt_txn_add_key(struct scrt_txn *t, uintptr_t key, uintptr_t target)
{
	const struct scrt_registry *reg = t->state->registry;
	size_t i;

	for (i = reg ? scrt_lookup(reg, key) : 0; reg && i < reg->nrefs && reg->refs[i].key == key;
	     i++)
		scrt_txn_add(t, reg->refs[i].module, reg->refs[i].record, target);
}

/* End the transaction for every record: at its new target, or at its old one. */
static void txn_end(struct scrt_txn *t, bool commit)
{
	struct scrt_module *m;
	uint32_t i, link;

	for (m = t->modules; m; m = m->next) {
		for (i = m->pending; i != SCRT_LINK_END; i = link) {
			struct scrt_record *r = &m->state[i];
			struct scrt_aim cur = scrt_aim_cur(r), next = scrt_aim_next(r);

			link = r->link;
			if (commit)
				txn_publish_aim(&r->cur, &r->cur_body, &next);
			else
				txn_publish_aim(&r->next, &r->next_body, &cur);
			r->flags &= ~SCRT_RECORD_SWEPT;
			r->link = SCRT_LINK_NONE;
		}
		m->pending = SCRT_LINK_END;
	}
	t->modules = NULL;
	scrt_publish(&t->state->busy, false);
}

/*
 * Forward: may all sites go to their new targets, and which are not there yet? Back:
 * the same of their old ones.
 */
static int txn_check(struct scrt_txn *t, bool forward)
{
	struct scrt_module *m;
	uint32_t i;
	int err, first = 0;

	for (m = t->modules; m; m = m->next) {
		m->patch_lo = UINTPTR_MAX;
		m->patch_hi = 0;
		m->nislands = 0;
		scrt_sweep_check(m, forward);
		for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link) {
			struct scrt_record *r = &m->state[i];

			if (r->flags & SCRT_RECORD_SWEPT)
				continue;
			err = forward ? scrt_sites_check(m, i, scrt_aim_cur(r), scrt_aim_next(r))
				      : scrt_sites_check(m, i, scrt_aim_next(r), scrt_aim_cur(r));
			if (err && !first)
				first = err;
		}
	}
	return first;
}

/* Only: is there anything to do? Then all of the module is looked at. */
static void txn_check_little(struct scrt_txn *t)
{
	struct scrt_module *m = t->modules;
	uint32_t i;
	bool any;

	m->patch_lo = UINTPTR_MAX;
	m->patch_hi = 0;
	any = scrt_sweep_any(m);
	for (i = m->pending; i != SCRT_LINK_END && !any; i = m->state[i].link) {
		struct scrt_record *r = &m->state[i];

		if (r->flags & SCRT_RECORD_SWEPT)
			continue;
		scrt_sites_check(m, i, scrt_aim_cur(r), scrt_aim_next(r));
		any = m->patch_hi;
	}
	if (!any)
		return;
	m->patch_lo = m->sites_lo;
	m->patch_hi = m->sites_hi;
	m->nislands = 0;
}

/* Did the check find sites to change? */
static bool txn_has_work(const struct scrt_txn *t)
{
	const struct scrt_module *m;

	for (m = t->modules; m; m = m->next)
		if (m->patch_hi)
			return true;
	return false;
}

/* Open a window for sites in [lo, hi), or for the islands in it. */
static int window_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi, bool split)
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
		split = false;
	}
	scrt_publish(&m->open_lo, lo);
	scrt_publish(&m->open_hi, hi);
	m->split = split;
	err = scrt_text_open(m, lo, hi);
	if (!err) {
		m->opened = !split;
		return 0;
	}
	m->split = false;
	/* Of several mappings, the first ones may be open. */
	if (!scrt_text_close(m, lo, hi)) {
		m->opened = false;
		was_hi = 0;
	}
	scrt_publish(&m->open_hi, was_hi);
	scrt_publish(&m->open_lo, was_lo);
	return err;
}

/* One that was left open is part of it. */
int scrt_window_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return window_open(m, lo, hi, false);
}

int scrt_window_close(struct scrt_state *s, struct scrt_module *m)
{
	int err;

	if (!m->open_hi)
		return 0;
	err = scrt_text_close(m, m->open_lo, m->open_hi);
	m->split = false;
	if (err < 0) {
		s->left_open = true;
		return err;
	}
	m->opened = false;
	scrt_publish(&m->open_hi, 0);
	return -err;
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
		err = window_open(m, m->patch_lo, m->patch_hi,
				  SCRT_PORT_ROUNDS > 1 && m->nislands > 1);
		if (err) {
			txn_close(t);
			return err;
		}
	}
	return 0;
}

/* Move all sites that can be moved; the first error of those that cannot. */
static int txn_move(struct scrt_txn *t, bool forward)
{
	struct scrt_module *m;
	uint32_t i;
	int err, first = 0;

	for (m = t->modules; m; m = m->next) {
		if (!m->patch_hi)
			continue;
		scrt_sweep_move(m, forward);
		for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link) {
			struct scrt_record *r = &m->state[i];

			if (r->flags & SCRT_RECORD_SWEPT)
				continue;
			err = forward ? scrt_sites_move(m, i, scrt_aim_cur(r), scrt_aim_next(r))
				      : scrt_sites_move(m, i, scrt_aim_next(r), scrt_aim_cur(r));
			if (err && !first)
				first = err;
		}
		scrt_text_changed(m->patch_lo, m->patch_hi);
	}
	return first;
}

/*
 * Do all sites lead right, if not by what they should hold? Whoever sets and removes a uprobe,
 * or drops pages, all the time brings back what was linked, faster than it can be changed.
 */
static bool txn_is_right(struct scrt_txn *t)
{
	struct scrt_module *m;
	uint32_t i;

	for (m = t->modules; m; m = m->next)
		for (i = m->pending; i != SCRT_LINK_END; i = m->state[i].link)
			if (!scrt_sites_right(m, i, scrt_aim_cur(&m->state[i]),
					      scrt_aim_next(&m->state[i])))
				return false;
	return true;
}

/* As a check that finds no sites to change. */
static void txn_all_done(struct scrt_txn *t)
{
	struct scrt_module *m;

	for (m = t->modules; m; m = m->next)
		m->patch_hi = 0;
}

/* What the check found, windows being open: 0, or the first error. */
static int txn_patch(struct scrt_txn *t)
{
	int moved, closed;

	moved = txn_move(t, true);
	closed = txn_close(t);
	if (!moved && !closed && (t->fresh || t->state->stays)) {
		txn_all_done(t);
		return 0;
	}
	t->fresh = false;
	if (moved || closed)
		return moved ? moved : closed;
	return SCRT_PORT_ROUNDS == 1 ? 0 : txn_check(t, true);
}

/* Take back what was changed, if that is possible. */
static bool txn_back(struct scrt_txn *t)
{
	txn_check(t, false);
	if (txn_open(t))
		return false;
	txn_move(t, false);
	txn_close(t);
	return true;
}

int scrt_txn_run(struct scrt_txn *t, bool forward)
{
	int round = 0, err = 0;

	if (!t->modules)
		return 0;
	if (t->unchecked)
		txn_check_little(t);
	else
		err = txn_check(t, true);
	if (!err && txn_has_work(t)) {
		err = txn_open(t);
		t->patched = !err;
	}
	if (err || !t->patched) {
		txn_end(t, !err);
		return err;
	}
	err = txn_patch(t);
	while (SCRT_PORT_ROUNDS > 1 && !err && txn_has_work(t)) {
		if (++round == SCRT_PORT_ROUNDS) {
			err = txn_is_right(t) ? 0 : -EILSEQ;
			break;
		}
		err = txn_open(t);
		if (!err)
			err = txn_patch(t);
	}
	/*
	 * A window that does not close can still be written through: go back,
	 * so that a failure has changed nothing. Others were closed and have to
	 * open again for that; if they do not, only going on keeps the sites of
	 * one key together.
	 */
	if (err && !forward) {
		if (txn_back(t)) {
			txn_end(t, false);
			return err;
		}
		if (!txn_check(t, true) && !txn_has_work(t))
			err = 0;
	}
	/* Forward, but nothing has moved: that of a port which changes sites as it closes. */
	if (err && forward && !txn_check(t, false) && !txn_has_work(t)) {
		txn_end(t, false);
		return err;
	}
	txn_end(t, true);
	return err;
}

void scrt_txn_finish(struct scrt_txn *t)
{
	/* F: the stores to the sites are done, and those to the keys. */
	if (t->patched)
		scrt_sync_cores(t->state);
}

void scrt_txn_undo(struct scrt_state *s, struct scrt_module *m)
{
	bool open = false;
	uint32_t i;

	/* E: what is read here was written in that order by a thread of the parent. */
	m->opened = false; /* not known */
	m->split = false;
	m->pending = SCRT_LINK_END;
	for (i = 0; i < m->nrecords; i++) {
		struct scrt_record *r = &m->state[i];

		r->link = SCRT_LINK_NONE;
		r->flags &= ~SCRT_RECORD_SWEPT;
		if (r->cur == r->next && r->cur_body == r->next_body)
			continue;
		if (!open)
			open = scrt_window_open(m, m->text_lo, m->text_hi) == 0;
		/* If not, an update will meet these sites, and fail. */
		if (open)
			scrt_sites_move(m, i, scrt_aim_next(r), scrt_aim_cur(r));
		r->next = r->cur;
		r->next_body = r->cur_body;
	}
	scrt_text_changed(m->text_lo, m->text_hi);
	scrt_window_close(s, m);
}
