// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Keys, and what their sites and guards hold against what they should. The forms are made as the
 * runtime makes them, by its own x86_64.h and x86_64-body.h.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "live.h"
#include "static_call_abi.h"
#include "x86_64-body.h"

#define WORD  8
#define AGAIN 5 /* times that a key is looked at that seems not to be followed */

static int keys_by_addr(const void *a, const void *b)
{
	const struct live_key *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

/* One entry a key, however many records and modules name it. */
static void collect_live_keys(struct live *live)
{
	size_t i, k, n = 0;

	for (i = 0; i < live->n_modules; i++) {
		const struct module *m = &live->modules[i];

		for (k = 0; k < m->tables.n_records && m->keys; k++) {
			struct live_key *key;

			if (m->keys[k] < STATIC_CALL_KEY_LOWEST)
				continue;
			key = append(&live->keys, &live->n_keys, &live->room_keys, sizeof(*key));
			key->addr = m->keys[k];
			key->name = m->tables.records[k].own.name;
		}
	}
	if (live->n_keys)
		qsort(live->keys, live->n_keys, sizeof(*live->keys), keys_by_addr);
	for (i = 0; i < live->n_keys; i++)
		if (!i || live->keys[i].addr != live->keys[n - 1].addr)
			live->keys[n++] = live->keys[i];
	live->n_keys = n;
}

/* What the tables of all modules tell that this function does; 0: nothing. */
static uint64_t body_of(const struct live *live, uint64_t target)
{
	size_t i, k;
	uint64_t at;

	for (i = 0; i < live->n_modules && target; i++) {
		const struct module *m = &live->modules[i];

		for (k = 0; k < m->tables.n_bodies && !m->unread; k++) {
			const unsigned char *p = image_body(&m->image, (uint32_t)k, &at);
			const struct static_call_key_body *b = (const void *)p;

			if (p && follow(p, at) + m->bias == target && b->length <= sizeof(b->code))
				return scrt_body_of(b->code, b->length);
		}
	}
	return 0;
}

static bool is_body(const struct scrt_site *site, uint64_t trampoline, uint64_t body, uint64_t form)
{
	uint64_t sealed = body | SCRT_BODY_SEALED;

	return body && form &&
	       ((!(body & SCRT_BODY_SEVERAL) && form == scrt_body_form(site, trampoline, body)) ||
		form == scrt_body_form(site, trampoline, sealed));
}

static const char *why_trampoline(const struct live_key *key, const struct record *r,
				  const struct live_site *site, const struct scrt_site *at)
{
	if (!key->value && !(r->own.flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL))
		return "the key holds NULL";
	if (!site->module->registered)
		return "the module is not registered with a runtime";
	if (key->value && !scrt_in_reach(at, key->value))
		return "the target is out of reach";
	if (!key->value)
		return NULL;
	return "refused; STATIC_CALL=log tells why";
}

static void judge_site(struct live_key *key, const struct record *r, struct live_site *site,
		       unsigned int flags, uint64_t form, uint64_t body)
{
	uint64_t bias = site->module->bias;
	struct scrt_site at = { .address = site->addr, .flags = flags };
	struct scrt_code code = {
		.flags = r->own.flags,
		.trampoline = r->trampoline + bias,
		.null = r->null_code ? r->null_code + bias : 0,
	};

	site->dest = scrt_destination(site->addr, form);
	site->tail = flags & STATIC_CALL_KEY_SITE_TAIL;
	if (key->value && form == scrt_branch(&at, key->value) && scrt_in_reach(&at, key->value))
		site->form = LIVE_DIRECT;
	else if (is_body(&at, code.trampoline, body, form))
		site->form = LIVE_BODY;
	else if (!key->value && code.flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL &&
		 form == scrt_null_same_rest(&at, &code) &&
		 form != scrt_branch(&at, code.trampoline))
		site->form = LIVE_NOTHING;
	else if (form == scrt_branch(&at, code.trampoline))
		site->form = LIVE_TRAMPOLINE;
	else if ((form & SCRT_OPCODE_MASK) == SCRT_OPCODE_INT3)
		site->form = LIVE_BREAKPOINT;
	else
		site->form = LIVE_STALE;
	if (site->form == LIVE_TRAMPOLINE)
		site->why = why_trampoline(key, r, site, &at);
}

/* entry: the first of the guard. */
static void judge_guard(const struct live *live, const struct live_key *key,
			const struct guard *entry, struct live_site *site, uint64_t form)
{
	uint64_t bias = site->module->bias;
	struct scrt_site at = { .address = site->addr, .flags = STATIC_CALL_KEY_SITE_TAIL };
	uint64_t slow = scrt_branch(&at, entry->slow + bias);

	site->dest = scrt_destination(site->addr, form);
	site->tail = true;
	site->form = (form & SCRT_OPCODE_MASK) == SCRT_OPCODE_INT3 ? LIVE_BREAKPOINT : LIVE_STALE;
	if (form == slow)
		site->form = LIVE_SLOW;
	for (;; entry++) {
		uint64_t wanted = entry->body ? scrt_branch(&at, entry->body + bias)
					      : scrt_guard_same_rest(&at, entry->slow + bias);
		unsigned char word[WORD] = { 0 };

		if (entry->word && !process_read(&live->process, entry->word + bias, word, WORD))
			return;
		if (form == wanted && get64(word) == key->value)
			site->form = LIVE_INLINED;
		if (guard_ends(entry))
			return;
	}
}

static uint64_t form_at(const struct live *live, uint64_t addr)
{
	unsigned char bytes[CALL_SIZE];

	return process_read(&live->process, addr, bytes, sizeof(bytes)) ? form_read(bytes) : 0;
}

static struct live_site *new_site(struct live_key *key, const struct module *m, uint64_t addr)
{
	struct live_site *site = append(&key->list, &key->n, &key->room, sizeof(*site));

	site->module = m;
	site->addr = addr + m->bias;
	return site;
}

static void key_in_module(struct live *live, struct live_key *key, const struct module *m,
			  uint64_t body)
{
	const struct tables *t = &m->tables;
	size_t i;

	for (i = 0; i < t->n_sites; i++) {
		const struct site *from = &t->sites[i];
		struct live_site *site;

		if (!from->record || m->keys[from->record - t->records] != key->addr ||
		    (i && from->addr == from[-1].addr))
			continue;
		site = new_site(key, m, from->addr);
		judge_site(key, from->record, site, from->flags, form_at(live, site->addr), body);
	}
	for (i = 0; i < t->n_guards; i++) {
		const struct guard *from = &t->guards[i];
		struct live_site *site;

		if ((i && !guard_ends(&from[-1])) || !from->record ||
		    m->keys[from->record - t->records] != key->addr)
			continue;
		site = new_site(key, m, from->addr);
		judge_guard(live, key, from, site, form_at(live, site->addr));
	}
}

/* False: a site does not follow, or the key has changed while they were read. */
static bool judge_key(struct live *live, struct live_key *key)
{
	unsigned char word[WORD];
	uint64_t body;
	size_t i;

	key->n = 0;
	memset(key->sites, 0, sizeof(key->sites));
	key->readable = process_read(&live->process, key->addr, word, WORD);
	if (!key->readable)
		return true;
	key->value = get64(word);
	body = body_of(live, key->value);
	key->has_body = body;
	for (i = 0; i < live->n_modules; i++)
		if (live->modules[i].keys)
			key_in_module(live, key, &live->modules[i], body);
	for (i = 0; i < key->n; i++)
		key->sites[key->list[i].form]++;
	return !key->sites[LIVE_STALE] && process_read(&live->process, key->addr, word, WORD) &&
	       get64(word) == key->value;
}

/*
 * The program runs on: what seems stale may be in the middle of an update, which is done in less
 * than a few of these milliseconds.
 */
void live_keys(struct live *live)
{
	static const struct timespec pause = { .tv_nsec = 5000000 };
	unsigned int again;
	size_t i;

	collect_live_keys(live);
	for (i = 0; i < live->n_keys; i++) {
		for (again = 0;
		     !judge_key(live, &live->keys[i]) && live->process.pid && again < AGAIN;
		     again++)
			nanosleep(&pause, NULL);
		live->stale += live->keys[i].sites[LIVE_STALE];
	}
}
