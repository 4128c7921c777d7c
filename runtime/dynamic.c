// SPDX-License-Identifier: MIT
/*
 * dynamic.c - modules with dynamic calls come and go, and the program says whether they learn.
 *
 * A module that registers gets address space near its code, for slots, of which it uses those of
 * the calls that are made, and for blocks; its tables are not read, its code is not touched.
 * From then on .learn leads here, by way of a few instructions in that memory that say which
 * module it is.
 *
 * When a module unregisters, its sites are as linked again, but threads may be in its
 * blocks: when a program ends, that runs destructors on one thread. So the memory stays until
 * the module's code is not there any more, which is looked at when modules come and go.
 */
#include "blocks.h"
#include "dynamic.h"
#include "enter.h"
#include "learned.h"
#include "port.h"

#if SCRT_PORT_DYNAMIC

#define DYNAMIC_PAGE      4096ul
#define DYNAMIC_SITES_MAX 0x100000u /* more can be there, and are not looked at */
#define DYNAMIC_CODE      128ul     /* bytes of code that there is room for, for each site, */
#define DYNAMIC_CODE_MIN  0x10000ul /* ... and at least */

static size_t dynamic_sites(const struct static_call_key_module *desc)
{
	return (desc->dynamics_stop - desc->dynamics_start) / STATIC_CALL_KEY_DYNAMIC_SIZE;
}

static size_t dynamic_pages(size_t bytes)
{
	return (bytes + DYNAMIC_PAGE - 1) & ~(DYNAMIC_PAGE - 1);
}

/* ---- memory ---- */

/* Where the parts of the memory are, from its start. */
struct dynamic_plan {
	size_t sites, index, singles, slots, hits, code, bytes;
	unsigned int bits; /* of the size of index[] and singles[] */
};

static void dynamic_plan(struct dynamic_plan *p, size_t sites, bool counting)
{
	size_t code;

	p->sites = sites < DYNAMIC_SITES_MAX ? sites : DYNAMIC_SITES_MAX;
	for (p->bits = 6; 1ul << p->bits < 2 * p->sites; p->bits++)
		;
	p->index = (sizeof(struct scrt_dynamic) + 63) & ~63ul;
	p->singles = p->index + (sizeof(uint64_t) << p->bits);
	p->slots = p->singles + (sizeof(uint32_t) << p->bits);
	/* Some are taken in vain. */
	p->sites += p->sites / 4 + 64;
	p->hits = p->slots + p->sites * sizeof(struct scrt_slot);
	if (SCRT_PORT_ROOM) {
		p->bytes = p->code = dynamic_pages(p->hits);
		return;
	}
	p->code = p->hits + (counting ? p->sites * sizeof(struct scrt_hits) : 0);
	p->code = dynamic_pages(p->code);
	code = dynamic_pages(sites * DYNAMIC_CODE);
	p->bytes = p->code + (code > DYNAMIC_CODE_MIN ? code : DYNAMIC_CODE_MIN);
}

/* The code that .learn leads to, in a page of its own at first: it is written before it can be executed. */
static int dynamic_write_stub(struct scrt_dynamic *d)
{
	uintptr_t entry = (uintptr_t)scrt_learn_entry;
	uintptr_t lo = scrt_text_start(d->code_lo), hi = lo + DYNAMIC_PAGE;
	ptrdiff_t distance = entry - d->code_lo;
	uint8_t code[SCRT_LEARN_STUB_MAX];
	size_t bytes;
	int err;

	d->entry = entry;
	bytes = scrt_learn_stub_write(code, d->code_lo, (uintptr_t)d, entry,
				      distance == (int32_t)distance ? 0 : (uintptr_t)&d->entry);
	if (bytes > d->code_hi - d->code_lo)
		return -ENOMEM;
	hi = hi < d->code_lo + bytes ? hi + DYNAMIC_PAGE : hi;
	err = scrt_code_begin(d->module, lo, hi);
	if (err)
		return err;
	scrt_code_store(d->module, d->code_lo, code, bytes);
	d->code_at = d->code_lo + bytes;
	return scrt_code_close(d->module, lo, hi);
}

static int dynamic_alloc(struct scrt_state *s, struct scrt_module *m, struct scrt_dynamic **made)
{
	struct scrt_dynamic *d;
	struct dynamic_plan p;
	int err;

	dynamic_plan(&p, dynamic_sites(m->desc), s->counting);
	d = scrt_near_alloc(s, (uintptr_t)m->desc, p.bytes);
	if (!d)
		return -ENOMEM;
	err = scrt_near_data((uintptr_t)d, p.code);
	if (!err) {
		d->state = s;
		d->module = m;
		d->desc = m->desc;
		d->bytes = p.bytes;
		d->index = (uint64_t *)((uintptr_t)d + p.index);
		d->singles = (uint32_t *)((uintptr_t)d + p.singles);
		d->shift = 32 - p.bits;
		d->max_slots = p.sites;
		d->slots = (struct scrt_slot *)((uintptr_t)d + p.slots);
		d->hits = s->counting ? (struct scrt_hits *)((uintptr_t)d + p.hits) : NULL;
		d->code_lo = (uintptr_t)d + p.code;
		d->code_hi = (uintptr_t)d + p.bytes;
#if SCRT_PORT_ROOM
		err = scrt_room_place(d);
#endif
	}
	if (!err)
		err = dynamic_write_stub(d);
	if (err)
		scrt_free(d, p.bytes);
	else
		*made = d;
	return err;
}

/* ---- modules come and go ---- */

/*
 * The memory of modules whose code is gone, or that come again: they were loaded again, with
 * the same address.
 */
static void dynamic_free_retired(struct scrt_state *s, const struct static_call_key_module *desc)
{
	struct scrt_dynamic **at = &s->retired, *d;

	while ((d = *at)) {
		if (d->desc != desc && scrt_code_in_use((uintptr_t)d->desc)) {
			at = &d->retired;
			continue;
		}
		scrt_publish(at, d->retired);
		scrt_free(d, d->bytes);
	}
}

static void dynamic_learn(struct scrt_dynamic *d, bool on)
{
	__atomic_store_n(&d->desc->learn, on && !d->why ? d->code_lo : 0, __ATOMIC_RELEASE);
}

void scrt_dynamic_register(struct scrt_state *s, struct scrt_module *m)
{
	struct scrt_dynamic *d;
	int err;

	dynamic_free_retired(s, m->desc);
	if (m->desc->learn || !dynamic_sites(m->desc) || !scrt_may_learn())
		return;
	if (s->off || s->dynamic_off)
		err = -ECANCELED;
	else if (m->why == -ESTALE)
		err = -ESTALE;
	else
		err = dynamic_alloc(s, m, &d);
	if (err) {
		m->why_dynamic = err;
		s->refused_dynamic = err;
		return;
	}
	m->dynamic = d;
	if (s->load)
		scrt_saved_load(d, s->load);
	dynamic_learn(d, !s->frozen);
}

void scrt_dynamic_unregister(struct scrt_state *s, struct scrt_module *m)
{
	struct scrt_dynamic *d = m->dynamic;

	if (d) {
		dynamic_learn(d, false);
		if (s->save)
			scrt_saved_append(d, s->save);
		scrt_learned_undo(d);
		d->module = NULL;
		m->dynamic = NULL;
		d->retired = s->retired;
		scrt_publish(&s->retired, d);
	}
	dynamic_free_retired(s, NULL);
}

void scrt_dynamic_drop(struct scrt_state *s)
{
	dynamic_free_retired(s, NULL);
}

/* ---- what the program says ---- */

static int dynamic_all(bool learn)
{
	struct scrt_state *s;
	int err = scrt_enter(&s), first = 0;
	size_t i;

	if (err)
		return err;
	s->frozen = !learn;
	for (i = 0; s->registry && i < s->registry->nmodules; i++) {
		struct scrt_module *m = s->registry->modules[i];
		struct scrt_dynamic *d = m->dynamic;

		err = d ? 0 : m->why_dynamic;
		if (d) {
			/* What kept it from learning may do so no more. */
			if (learn)
				d->why = 0;
			if (!d->why)
				scrt_learned_decide(d, SCRT_LEARN_LEAST);
			if (!d->why && learn)
				scrt_learned_wake(d);
			dynamic_learn(d, learn);
			err = d->why;
		}
		if (err && !first)
			first = err;
	}
	scrt_leave(s);
	return first;
}

int static_call_key_rt_dynamic_learn(void)
{
	return dynamic_all(true);
}

int static_call_key_rt_dynamic_freeze(void)
{
	return dynamic_all(false);
}

#endif /* SCRT_PORT_DYNAMIC */
