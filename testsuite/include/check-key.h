/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of check.h that looks at the sites of a key. */
#ifndef CHECK_KEY_LINKAGE
#define CHECK_KEY_LINKAGE static inline
#endif

struct check_sites {
	const char *file;
	int line;
	const void *key;
	const void *target;
	size_t sites;
	size_t tails;
	size_t through;		/* that call the trampoline */
};

/* What is wrong with a guard, or NULL. */
static const char *check_guard(const struct static_call_key_site_info *info, const void *target)
{
	const unsigned char *p = (const unsigned char *)info->site;
	int inlined = !!(info->flags & STATIC_CALL_KEY_SITE_INFO_INLINED);

	if (p[0] != 0xe9 && !(p[0] == 0xa9 && inlined))
		return "it is no form of a guard";
	if (info->destination != (inlined ? target : check_destination(p)))
		return "the runtime does not know where it leads";
	if (info->flags & (STATIC_CALL_KEY_SITE_INFO_TAIL | STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE))
		return "it has the flags of a call";
	if (info->flags & STATIC_CALL_KEY_SITE_INFO_STALE)
		return "it is stale";
	if (info->flags & STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE)
		return "it is unpatchable";
	return NULL;
}

static int check_site(const struct static_call_key_site_info *info, void *data)
{
	struct check_sites *c = (struct check_sites *)data;
	const unsigned char *p = (const unsigned char *)info->site;
	int tail = !!(info->flags & STATIC_CALL_KEY_SITE_INFO_TAIL);
	int trampoline = !!(info->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE);
	int body = !!(info->flags & STATIC_CALL_KEY_SITE_INFO_BODY);
	int guard = !!(info->flags & STATIC_CALL_KEY_SITE_INFO_GUARD);
	const char *wrong = NULL;

	/* A call with a guard is counted once, by the site in its slow path. */
	if (!guard) {
		c->sites++;
		c->tails += tail;
		c->through += trampoline;
	}
	if (((uintptr_t)p & 7) > 3)
		wrong = "it does not lie in one aligned quadword";
	else if (guard)
		wrong = check_guard(info, c->target);
	else if (body == (p[0] == 0xe8 || p[0] == 0xe9))
		wrong = "it is neither call nor jmp nor body";
	else if (!body && tail != (p[0] == 0xe9))
		wrong = "its tail flag is wrong";
	else if (info->destination != (body ? c->target : check_destination(p)))
		wrong = "the runtime does not know where it leads";
	else if (info->flags & STATIC_CALL_KEY_SITE_INFO_STALE)
		wrong = "it is stale";
	else if (info->flags & STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE)
		wrong = "it is unpatchable";
	else if (trampoline && check_reaches(p, c->target))
		wrong = "it is not patched";
	else if (!trampoline && info->destination != c->target)
		wrong = "it leads elsewhere";
	if (wrong) {
		fprintf(stderr, "%s:%d: site %p: %02x %02x %02x %02x %02x: %s\n", c->file, c->line,
			(const void *)p, p[0], p[1], p[2], p[3], p[4], wrong);
		abort();
	}
	return 0;
}

CHECK_KEY_LINKAGE void check_key(const char *file, int line, const void *key, const void *target,
				size_t least, int all_tails)
{
	struct check_sites c = { file, line, key, target, 0, 0, 0 };
	struct static_call_key_info info;
	int err;

	if (!CHECK_PATCHED) {
		CHECK(!static_call_key_runtime_present());
		CHECK(static_call_key_query(key, &info) < 0);
		return;
	}
	CHECK(static_call_key_runtime_present());
	err = static_call_key_query(key, &info);
	if (err) {
		fprintf(stderr, "%s:%d: query: %d (%s)\n", file, line, err,
			static_call_key_strerror(err));
		abort();
	}
	CHECK(static_call_key_for_each_site(key, check_site, &c) == 0);
	if (info.key != key || (const void *)info.target != target || info.sites != c.sites ||
	    info.patched != c.sites - c.through || info.stale || c.sites < least ||
	    (all_tails && c.tails != c.sites)) {
		fprintf(stderr, "%s:%d: %s: sites %zu (wanted %zu), patched %zu, stale %zu, "
			"tail calls %zu, through the trampoline %zu, target %p (wanted %p)\n",
			file, line, info.name ? info.name : "?", info.sites, least, info.patched,
			info.stale, c.tails, c.through, (void *)info.target, target);
		abort();
	}
	CHECK(static_call_key_verify() == 0);
}

