// SPDX-License-Identifier: MIT
/*
 * select.c - keys hold the best of what is offered to them.
 *
 * Predicates are the program's: they are called without the lock, one after the other from
 * the best offer down, each as the one that is looked up anew under the lock. When one holds,
 * the key is updated under the lock, if no module with offers has come or gone meanwhile;
 * else it is all done once more. So of several threads that select for a key the last one
 * does it with all offers that there are.
 *
 * A selection that the program did not ask for leaves a key alone that the program has
 * changed: one that does not hold what the last selection, or before the first one the
 * initializer, has left there.
 */
#include "enter.h"
#include "offers.h"
#include "port.h"
#include "registry.h"
#include "sealed.h"
#include "select.h"
#include "update.h"

struct selection {
	uintptr_t key;
	bool asked;                                   /* by the program, */
	bool all;                                     /* for all keys */
	const struct static_call_key_module *leaving; /* whose functions have to go, or NULL */
	uint64_t offers;                              /* s->offers when it began */
	const char *forced;                           /* see scrt_offer_forced() */
	bool found;                                   /* there are offers */
	uintptr_t target;                             /* what it came to; 0: nothing */
};

/* May the key be changed? The lock is held. */
static bool select_may(const struct scrt_state *s, const struct selection *sel)
{
	const struct scrt_choice *c = scrt_choice_find(s, sel->key);
	uintptr_t holds = scrt_key_read(sel->key);

	if (sel->leaving)
		return scrt_offer_has(sel->leaving, sel->key, holds);
	return sel->asked || (c && !c->changed && (holds == c->known || holds == c->next));
}

/* The name that is forced, if there is an offer that tells the key's. The lock is held. */
static const char *select_forced(const struct scrt_state *s, uintptr_t key)
{
	struct scrt_offer_place place = { 0 };
	const struct static_call_key_offer *o = scrt_offer_next(s->registry, key, NULL, &place);

	return o && s->forced ? scrt_offer_forced(s, (const char *)(uintptr_t)o->key_name) : NULL;
}

/*
 * The next offer that can be had, of this name if it is not NULL; sel->target is 0 if there
 * is none. 1 if the offers have changed, 0 or an error.
 */
static int select_try(struct selection *sel, const char *name)
{
	struct scrt_offer_place place = { 0 };
	const struct static_call_key_offer *o;
	int (*predicate)(void);
	struct scrt_state *s;
	uintptr_t target;
	int err;

	for (;;) {
		err = scrt_enter(&s);
		if (err)
			return err;
		if (s->offers != sel->offers) {
			scrt_leave(s);
			return 1;
		}
		o = scrt_offer_next(s->registry, sel->key, name, &place);
		sel->found |= o != NULL;
		target = o ? o->target : 0;
		predicate = o ? (int (*)(void))(uintptr_t)o->predicate : NULL;
		scrt_leave(s);
		if (!target)
			return 0;
		if (!predicate || predicate())
			break;
		if (name)
			scrt_log_offer(s, name, true);
	}
	sel->target = target;
	return 0;
}

/* Store what was selected. 1 if the offers have changed, 0 or an error. */
static int select_store(struct selection *sel)
{
	struct static_call_key_change change = { .key = (void *)sel->key,
						 .fn = (static_call_key_fn)sel->target };
	struct scrt_choice *c;
	struct scrt_state *s;
	int err;

	err = scrt_key_probe((void *)sel->key);
	if (!err)
		err = scrt_enter(&s);
	if (err)
		return err;
	c = scrt_choice_find(s, sel->key);
	if (s->offers != sel->offers) {
		err = 1;
	} else if (select_may(s, sel)) {
		/* E: a child that is forked in between takes neither for the program's. */
		if (c)
			scrt_publish(&c->next, sel->target);
		err = scrt_update(s, &change, 1);
		if (c)
			scrt_publish(&c->known, err ? c->known : sel->target);
		if (c && !err)
			c->changed = false;
		if (!err)
			scrt_registry_flag(s->registry, sel->key, SCRT_RECORD_CHANGED, false);
	}
	scrt_leave(s);
	return err;
}

/* Begin: is there anything to select? 1 if so. */
static int select_begin(struct selection *sel)
{
	const struct scrt_choice *c;
	struct scrt_state *s;
	int err, go;

	err = scrt_enter(&s);
	if (err)
		return err;
	c = scrt_choice_find(s, sel->key);
	sel->offers = s->offers;
	sel->forced = select_forced(s, sel->key);
	sel->found = false;
	/* What a key falls back to that loses its function. */
	sel->target = sel->leaving && c ? c->first : 0;
	go = select_may(s, sel) && (sel->asked || !scrt_sealed(s, sel->key));
	if (go && !sel->leaving && sel->forced && !*sel->forced) {
		sel->found = true;
		go = 0;
	}
	scrt_leave(s);
	return go;
}

/*
 * Is there nothing to be stored, or nothing that may be? 0 or an error; 1: go on. A key that
 * holds what it should need not be one that can be written to.
 */
static int select_needed(const struct selection *sel)
{
	const struct scrt_seal *seal;
	struct scrt_choice *c;
	struct scrt_state *s;
	int err;

	if (!sel->target)
		return 0;
	err = scrt_enter(&s);
	if (err)
		return err;
	seal = scrt_sealed(s, sel->key);
	c = scrt_choice_find(s, sel->key);
	if (scrt_key_read(sel->key) != sel->target) {
		err = !seal ? 1 : sel->all ? 0 : seal->why;
	} else if (c && s->offers == sel->offers && select_may(s, sel)) {
		c->known = c->next = sel->target;
		c->changed = false;
	}
	scrt_leave(s);
	return err;
}

static int select_once(struct selection *sel)
{
	uintptr_t first;
	int err = select_begin(sel);

	if (err <= 0)
		return err;
	first = sel->target;
	if (sel->forced && *sel->forced) {
		sel->target = 0;
		err = select_try(sel, sel->forced);
		if (err)
			return err;
		if (!sel->found)
			scrt_log_offer(scrt_known(), sel->forced, false);
	} else {
		sel->target = 0;
	}
	if (!sel->target) {
		err = select_try(sel, NULL);
		if (err)
			return err;
	}
	if (!sel->target)
		sel->target = first;
	err = select_needed(sel);
	return err <= 0 ? err : select_store(sel);
}

static int select_key(struct selection *sel)
{
	int err;

	do
		err = select_once(sel);
	while (err > 0);
	return err ? err : sel->asked && !sel->found ? -ENOENT : 0;
}

/* The next key, from this one on, to which something is offered; 0: none, or an error. */
static int select_next_key(uintptr_t *key)
{
	struct scrt_state *s;
	int err = scrt_enter(&s);

	if (err)
		return err;
	*key = scrt_offer_key(s->registry, *key);
	scrt_leave(s);
	return 0;
}

static int select_all(void)
{
	struct selection sel = { .asked = true, .all = true };
	uintptr_t key = 0;
	int err, first = 0;

	for (;;) {
		err = select_next_key(&key);
		if (err || !key)
			return err ? err : first;
		sel.key = key++;
		err = select_key(&sel);
		/* Its last offer may have gone meanwhile. */
		if (err && err != -ENOENT && !first)
			first = err;
	}
}

int static_call_key_rt_select(void *key)
{
	struct selection sel = { .key = (uintptr_t)key, .asked = true };

	if (!key)
		return select_all();
	return sel.key % sizeof(uintptr_t) ? -EINVAL : select_key(&sel);
}

void scrt_select_register(const struct static_call_key_module *desc)
{
	struct selection sel = { 0 };
	size_t i;

	for (i = 0; i < scrt_offer_count(desc); i++) {
		sel.key = scrt_offer_at(desc, i)->key;
		if (sel.key >= STATIC_CALL_KEY_LOWEST && !scrt_offer_repeats(desc, i))
			select_key(&sel);
	}
}

void scrt_select_unregister(const struct static_call_key_module *desc)
{
	struct selection sel = { .leaving = desc };
	struct scrt_state *s;
	bool found = false;
	size_t i;

	if (!scrt_offer_count(desc) || scrt_enter(&s))
		return;
	for (i = 0; s->registry && i < s->registry->nmodules; i++)
		if (s->registry->modules[i]->desc == desc) {
			s->registry->modules[i]->leaving = found = true;
			s->offers++;
		}
	scrt_leave(s);
	for (i = 0; found && i < scrt_offer_count(desc); i++) {
		sel.key = scrt_offer_at(desc, i)->key;
		if (sel.key >= STATIC_CALL_KEY_LOWEST && !scrt_offer_repeats(desc, i))
			select_key(&sel);
	}
}
