// SPDX-License-Identifier: MIT
/*
 * query.c - what is known of keys and sites; changes nothing.
 */
#include "enter.h"
#include "offers.h"
#include "order.h"
#include "registry.h"
#include "sites.h"

/* The state, locked, to read; with a registry that is never NULL. */
static const struct scrt_registry *query_enter(struct scrt_state **s, int *err)
{
	static const struct scrt_registry none;

	*err = scrt_enter(s);
	if (*err)
		return NULL;
	return (*s)->registry ? (*s)->registry : &none;
}

/* Add one record's sites to what is known of its key. */
static void query_add_sites(struct static_call_key_info *info, const struct scrt_ref *ref)
{
	const struct scrt_module *m = ref->module;
	struct scrt_range all = scrt_order_of(ref->module, ref->record);
	struct static_call_key_site_info site;

	for (; all.k < all.end; all.k++) {
		scrt_site_info(m, ref->record, all.k, (uintptr_t)info->target, &site);
		if (site.flags & STATIC_CALL_KEY_SITE_INFO_STALE)
			info->stale++;
		/* A guarded call counts as the site in its slow path. */
		if (site.flags & STATIC_CALL_KEY_SITE_INFO_GUARD)
			continue;
		info->sites++;
		if (!(site.flags & (STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE |
				    STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE)))
			info->patched++;
	}
	if (m->state[ref->record].flags & SCRT_RECORD_SEALED)
		info->flags |= STATIC_CALL_KEY_INFO_SEALED;
	if (m->records[ref->record].flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL)
		info->flags |= STATIC_CALL_KEY_INFO_NOP_IF_NULL;
	if (!info->name)
		info->name = scrt_name(m, ref->record);
}

/* All of the key whose first reference is number i; the number after its last. */
static size_t query_describe(struct static_call_key_info *info, const struct scrt_registry *reg,
			     size_t i)
{
	uintptr_t key = reg->refs[i].key;

	info->key = (const void *)key;
	info->name = NULL;
	info->target = (static_call_key_fn)scrt_key_read(key);
	info->sites = 0;
	info->patched = 0;
	info->stale = 0;
	info->flags = 0;
	for (; i < reg->nrefs && reg->refs[i].key == key; i++)
		query_add_sites(info, &reg->refs[i]);
	return i;
}

static bool query_find(const struct scrt_registry *reg, const void *key, size_t *i)
{
	*i = scrt_lookup(reg, (uintptr_t)key);
	return *i < reg->nrefs && reg->refs[*i].key == (uintptr_t)key;
}

int static_call_key_rt_query(const void *key, struct static_call_key_info *info)
{
	const struct scrt_registry *reg;
	struct scrt_state *s;
	size_t i;
	int err;

	if (!key || !info)
		return -EINVAL;
	reg = query_enter(&s, &err);
	if (!reg)
		return err;
	if (query_find(reg, key, &i))
		query_describe(info, reg, i);
	else
		err = -ENOENT;
	scrt_leave(s);
	return err;
}

/*
 * The callbacks run without the lock, so that they may throw, jump out and call what
 * they like: after each, the next key or site is looked up anew.
 */
int static_call_key_rt_for_each(int (*fn)(const struct static_call_key_info *info, void *data),
				void *data)
{
	const struct scrt_registry *reg;
	struct static_call_key_info info;
	struct scrt_state *s;
	uintptr_t from = 0;
	size_t i;
	int ret;

	do {
		reg = query_enter(&s, &ret);
		if (!reg)
			return ret;
		i = scrt_lookup(reg, from);
		if (i == reg->nrefs) {
			scrt_leave(s);
			return 0;
		}
		query_describe(&info, reg, i);
		scrt_leave(s);
		from = (uintptr_t)info.key + 1;
		ret = fn(&info, data);
	} while (!ret);
	return ret;
}

/* The sites of a key are in the order in which modules came; here is the next one. */
struct query_position {
	uint64_t serial;
	uint32_t record, k;
};

/* Is there a site at *at or behind it? Then *at moves behind it. */
static bool query_next_site(const struct scrt_registry *reg, size_t i, struct query_position *at,
			    struct static_call_key_site_info *info)
{
	uintptr_t key = reg->refs[i].key;

	for (; i < reg->nrefs && reg->refs[i].key == key; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		struct scrt_range all = scrt_order_of(ref->module, ref->record);
		bool here = ref->module->serial == at->serial && ref->record == at->record;
		uint32_t k = here ? at->k : all.k;

		if (ref->module->serial < at->serial ||
		    (ref->module->serial == at->serial && ref->record < at->record) || k >= all.end)
			continue;
		scrt_site_info(ref->module, ref->record, k, scrt_key_read(key), info);
		info->name = scrt_name(ref->module, ref->record);
		*at = (struct query_position){ ref->module->serial, ref->record, k + 1 };
		return true;
	}
	return false;
}

int static_call_key_rt_for_each_site(const void *key,
				     int (*fn)(const struct static_call_key_site_info *info,
					       void *data),
				     void *data)
{
	const struct scrt_registry *reg;
	struct static_call_key_site_info info;
	struct query_position at = { 0 };
	struct scrt_state *s;
	bool found;
	size_t i;
	int ret;

	do {
		reg = query_enter(&s, &ret);
		if (!reg)
			return ret;
		found = query_find(reg, key, &i);
		if (!found && !at.serial)
			ret = -ENOENT;
		found = found && query_next_site(reg, i, &at, &info);
		scrt_leave(s);
		if (!found)
			return ret;
		ret = fn(&info, data);
	} while (!ret);
	return ret;
}

/*
 * The best offer behind *place to *key; with all, then to the next key. The offer at *place may
 * be gone meanwhile, with its module.
 */
static const struct static_call_key_offer *query_next_offer(const struct scrt_registry *reg,
							    bool all, uintptr_t *key,
							    struct scrt_offer_place *place)
{
	const struct static_call_key_offer *o = NULL;

	if (*key)
		o = scrt_offer_next(reg, *key, NULL, place);
	while (!o && all && (*key = scrt_offer_key(reg, *key + 1))) {
		*place = (struct scrt_offer_place){ 0 };
		o = scrt_offer_next(reg, *key, NULL, place);
	}
	return o;
}

int static_call_key_rt_for_each_offer(const void *key,
				      int (*fn)(const struct static_call_key_offer_info *info,
						void *data),
				      void *data)
{
	struct static_call_key_offer_info info;
	const struct static_call_key_offer *o;
	struct scrt_offer_place place = { 0 };
	const struct scrt_registry *reg;
	uintptr_t at = (uintptr_t)key;
	struct scrt_state *s;
	int ret;

	do {
		reg = query_enter(&s, &ret);
		if (!reg)
			return ret;
		if (key && !place.module)
			ret = -ENOENT;
		o = query_next_offer(reg, !key, &at, &place);
		if (o) {
			info.key = (const void *)at;
			info.key_name = (const char *)(uintptr_t)o->key_name;
			info.name = (const char *)(uintptr_t)o->name;
			info.fn = (static_call_key_fn)(uintptr_t)o->target;
			info.predicate = (int (*)(void))(uintptr_t)o->predicate;
			info.priority = o->priority;
		}
		scrt_leave(s);
		if (!o)
			return ret;
		ret = fn(&info, data);
	} while (!ret);
	return ret;
}

/* Does this site, as linked, lead the long way? */
static bool query_long_way(const struct static_call_key_site_info *site)
{
	if (site->flags & STATIC_CALL_KEY_SITE_INFO_GUARD)
		return !(site->flags & STATIC_CALL_KEY_SITE_INFO_INLINED);
	return site->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE;
}

/*
 * Why is this site not patched? 0: it is, or its key has changed and nobody said so. Or
 * it is a guard, and the target is not inlined there: then its slow path is what counts.
 */
static int query_site_why(const struct scrt_ref *ref, uint32_t k, uintptr_t target)
{
	const struct scrt_module *m = ref->module;
	struct static_call_key_site_info site;

	scrt_site_info(m, ref->record, k, target, &site);
	if (site.flags & STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE)
		return -EILSEQ;
	if (!query_long_way(&site))
		return 0;
	if (m->degraded)
		return m->why;
	if (scrt_site_direct(m, ref->record, k, target))
		return target == m->state[ref->record].cur ? -EAGAIN : 0;
	if (site.flags & STATIC_CALL_KEY_SITE_INFO_GUARD)
		return 0;
	return target ? -ERANGE : -ENODATA;
}

static int query_key_why(const struct scrt_registry *reg, size_t i)
{
	uintptr_t key = reg->refs[i].key, target = scrt_key_read(key);
	int why = 0;

	for (; i < reg->nrefs && reg->refs[i].key == key && !why; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		struct scrt_range all = scrt_order_of(ref->module, ref->record);

		for (; all.k < all.end && !why; all.k++)
			why = query_site_why(ref, all.k, target);
	}
	return why;
}

int static_call_key_rt_why(const void *key)
{
	const struct scrt_registry *reg;
	struct scrt_state *s;
	size_t i;
	int ret;

	reg = query_enter(&s, &ret);
	if (!reg)
		return ret;
	if (key && query_find(reg, key, &i))
		ret = query_key_why(reg, i);
	else
		ret = s->refused || !key ? s->refused : -ENOENT;
	scrt_leave(s);
	return ret;
}

/* A site must be right for what its key holds, and as the runtime left it. */
static bool query_site_ok(const struct scrt_ref *ref, uint32_t k, uintptr_t target)
{
	const struct scrt_module *m = ref->module;
	uintptr_t cur = m->state[ref->record].cur;

	if (m->order[k] & SCRT_UNPATCHABLE)
		return true;
	return scrt_site_right(m, ref->record, k, cur) &&
	       (cur == target || scrt_site_right(m, ref->record, k, target));
}

long static_call_key_rt_verify(void)
{
	const struct scrt_registry *reg;
	struct scrt_state *s;
	long stale = 0;
	size_t i;
	int err;

	reg = query_enter(&s, &err);
	if (!reg)
		return err;
	for (i = 0; i < reg->nrefs; i++) {
		const struct scrt_ref *ref = &reg->refs[i];
		struct scrt_range all = scrt_order_of(ref->module, ref->record);
		uintptr_t target = scrt_key_read(ref->key);

		for (; all.k < all.end; all.k++)
			stale += !query_site_ok(ref, all.k, target);
	}
	scrt_leave(s);
	return stale;
}
