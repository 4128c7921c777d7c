// SPDX-License-Identifier: MIT
/*
 * offers.c - functions that are offered to keys: which there are, in which order, and what
 * is remembered of each key. The tables are short and selection is rare, so they are searched
 * from end to end.
 */
#include "offers.h"
#include "port.h"
#include "registry.h"

size_t scrt_offer_count(const struct static_call_key_module *d)
{
	return (d->offers_stop - d->offers_start) / STATIC_CALL_KEY_OFFER_SIZE;
}

const struct static_call_key_offer *scrt_offer_at(const struct static_call_key_module *d, size_t i)
{
	return (const struct static_call_key_offer *)(uintptr_t)d->offers_start + i;
}

/* Weak objects and functions may not be there. */
static bool offer_is_there(const struct static_call_key_offer *o)
{
	return o->key >= STATIC_CALL_KEY_LOWEST && o->target;
}

bool scrt_offers_ok(const struct static_call_key_module *d)
{
	size_t i;

	for (i = 0; i < scrt_offer_count(d); i++) {
		const struct static_call_key_offer *o = scrt_offer_at(d, i);

		if (o->reserved || o->key % sizeof(uintptr_t) || !o->key_name || !o->name)
			return false;
		if (!scrt_readable(o->key_name) || !scrt_readable(o->name) ||
		    (offer_is_there(o) && !scrt_readable(o->key)))
			return false;
	}
	return true;
}

static bool offer_name_is(const char *a, const char *b)
{
	for (; *a && *a == *b; a++, b++)
		;
	return *a == *b;
}

/* Priorities fall, and at the same one modules and tables go up. */
static bool offer_is_before(const struct scrt_offer_place *a, const struct scrt_offer_place *b)
{
	if (a->priority != b->priority)
		return a->priority > b->priority;
	if (a->serial != b->serial)
		return a->serial < b->serial;
	return a->index < b->index;
}

const struct static_call_key_offer *scrt_offer_next(const struct scrt_registry *reg, uintptr_t key,
						    const char *name,
						    struct scrt_offer_place *place)
{
	const struct static_call_key_offer *best = NULL;
	struct scrt_offer_place best_place = { 0 };
	size_t i, k;

	for (i = 0; reg && i < reg->nmodules; i++) {
		const struct scrt_module *m = reg->modules[i];

		for (k = 0; !m->leaving && k < scrt_offer_count(m->desc); k++) {
			const struct static_call_key_offer *o = scrt_offer_at(m->desc, k);
			struct scrt_offer_place here = { m, m->serial, k, o->priority };

			if (o->key != key || !offer_is_there(o) ||
			    (name && !offer_name_is((const char *)(uintptr_t)o->name, name)) ||
			    (place->module && !offer_is_before(place, &here)) ||
			    (best && !offer_is_before(&here, &best_place)))
				continue;
			best = o;
			best_place = here;
		}
	}
	if (best)
		*place = best_place;
	return best;
}

uintptr_t scrt_offer_key(const struct scrt_registry *reg, uintptr_t from)
{
	uintptr_t key = 0;
	size_t i, k;

	for (i = 0; reg && i < reg->nmodules; i++)
		for (k = 0; k < scrt_offer_count(reg->modules[i]->desc); k++) {
			const struct static_call_key_offer *o =
				scrt_offer_at(reg->modules[i]->desc, k);

			if (offer_is_there(o) && o->key >= from && (!key || o->key < key))
				key = o->key;
		}
	return key;
}

bool scrt_offer_has(const struct static_call_key_module *d, uintptr_t key, uintptr_t target)
{
	size_t i;

	for (i = 0; i < scrt_offer_count(d); i++)
		if (scrt_offer_at(d, i)->key == key && scrt_offer_at(d, i)->target == target)
			return true;
	return false;
}

bool scrt_offer_repeats(const struct static_call_key_module *d, size_t i)
{
	uintptr_t key = scrt_offer_at(d, i)->key;

	while (i-- > 0)
		if (scrt_offer_at(d, i)->key == key)
			return true;
	return false;
}

/* Does a word KEY=NAME of the environment mean this key? Then NAME. */
static const char *offer_word_of(const char *word, const char *key_name)
{
	for (; *key_name && *word == *key_name; word++, key_name++)
		;
	return !*key_name && *word == '=' ? word + 1 : NULL;
}

static bool offer_word_is_general(const char *word)
{
	for (; *word; word++)
		if (*word == '=')
			return false;
	return true;
}

/* The words follow each other, each behind a colon and ended by a zero; another zero ends them. */
const char *scrt_offer_forced(const struct scrt_state *s, const char *key_name)
{
	const char *word = s->forced, *general = NULL, *name;

	for (; word && *word; word++) {
		name = offer_word_of(++word, key_name);
		if (name)
			return name;
		if (!general && offer_word_is_general(word))
			general = word;
		while (*word)
			word++;
	}
	return general;
}

/* ---- what is remembered of a key ---- */

static struct scrt_choice *choice_find(struct scrt_choices *list, uintptr_t key)
{
	size_t i;

	for (i = 0; list && i < list->n; i++)
		if (list->choices[i].key == key)
			return &list->choices[i];
	return NULL;
}

struct scrt_choice *scrt_choice_find(const struct scrt_state *s, uintptr_t key)
{
	return choice_find(s->choices, key);
}

/* Has the program changed the key before anything was offered to it? */
static bool choice_was_changed(const struct scrt_registry *reg, uintptr_t key)
{
	size_t i;

	for (i = scrt_lookup(reg, key); i < reg->nrefs && reg->refs[i].key == key; i++)
		if (reg->refs[i].module->state[reg->refs[i].record].flags & SCRT_RECORD_CHANGED)
			return true;
	return false;
}

static struct scrt_choices *choices_alloc(size_t n)
{
	size_t bytes = sizeof(struct scrt_choices) + n * sizeof(struct scrt_choice);
	struct scrt_choices *list = scrt_alloc(bytes);

	if (list)
		list->bytes = bytes;
	return list;
}

/* E: a new list is complete before it is the list; a forked child has one or the other. */
static void choices_publish(struct scrt_state *s, struct scrt_choices *list)
{
	struct scrt_choices *old = s->choices;

	scrt_publish(&s->choices, list);
	if (old)
		scrt_free(old, old->bytes);
}

/* Without memory the keys stay as they are, until the program selects by itself. */
void scrt_choices_add(struct scrt_state *s, const struct static_call_key_module *d)
{
	const struct scrt_choices *old = s->choices;
	size_t n = old ? old->n : 0, i;
	struct scrt_choices *list;

	if (!scrt_offer_count(d))
		return;
	list = choices_alloc(n + scrt_offer_count(d));
	if (!list)
		return;
	for (; list->n < n; list->n++)
		list->choices[list->n] = old->choices[list->n];
	for (i = 0; i < scrt_offer_count(d); i++) {
		const struct static_call_key_offer *o = scrt_offer_at(d, i);
		struct scrt_choice *c = &list->choices[list->n];

		if (!offer_is_there(o) || choice_find(list, o->key))
			continue;
		c->key = o->key;
		c->first = c->known = c->next = scrt_key_read(o->key);
		c->changed = choice_was_changed(s->registry, o->key);
		list->n++;
	}
	choices_publish(s, list);
}

void scrt_choices_drop(struct scrt_state *s)
{
	const struct scrt_choices *old = s->choices;
	struct scrt_offer_place place;
	struct scrt_choices *list = NULL;
	size_t n = 0, i;

	if (!old)
		return;
	for (i = 0; i < old->n; i++) {
		place = (struct scrt_offer_place){ 0 };
		n += scrt_offer_next(s->registry, old->choices[i].key, NULL, &place) != NULL;
	}
	if (n == old->n || (n && !(list = choices_alloc(n))))
		return;
	for (i = 0; list && i < old->n; i++) {
		place = (struct scrt_offer_place){ 0 };
		if (scrt_offer_next(s->registry, old->choices[i].key, NULL, &place))
			list->choices[list->n++] = old->choices[i];
	}
	choices_publish(s, list);
}
