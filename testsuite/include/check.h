/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h - what the run tests check. A test that finds something wrong aborts.
 *
 *	CHECK(condition)
 *	CHECK_KEY(&key, fn)		every site of the key leads to fn, and the
 *					key has at least one
 *	CHECK_SITES(&key, fn, n)	the same, at least n sites
 *	CHECK_TAIL(&key, fn)		the same, and they are all tail calls
 *	UNSUPPORTED("reason")
 *
 * The macros that look at sites read the instruction bytes themselves, and only
 * believe the runtime where a site is. Without plugin or runtime they check that
 * the header says so.
 */
#ifndef CHECK_H
#define CHECK_H

#include <static_call.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOIPA __attribute__((noipa))

#define CHECK(condition) \
	((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

#define UNSUPPORTED(reason) \
	(printf("UNSUPPORTED: %s\n", reason), exit(0))

#if defined TEST_NO_PLUGIN || defined TEST_NO_RUNTIME
#define CHECK_PATCHED 0
#else
#define CHECK_PATCHED 1
#endif

#if defined TEST_NO_PLUGIN && defined STATIC_CALL_KEY_PLUGIN
#error "the plugin is loaded"
#endif
#if !defined TEST_NO_PLUGIN && !defined STATIC_CALL_KEY_PLUGIN
#error "the plugin is not loaded"
#endif

static inline void check_failed(const char *file, int line, const char *what)
{
	fflush(stdout);
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
	abort();
}

struct check_sites {
	const char *file;
	int line;
	const void *key;
	const void *target;
	size_t sites;
	size_t tails;
	size_t through;		/* that call the trampoline */
};

/* Where the five-byte instruction at p leads. */
static inline const void *check_destination(const unsigned char *p)
{
	int32_t displacement;

	memcpy(&displacement, p + 1, sizeof(displacement));
	return p + 5 + displacement;
}

static inline int check_reaches(const void *from, const void *to)
{
	intptr_t distance = (intptr_t)((uintptr_t)to - (uintptr_t)from - 5);

	return distance == (int32_t)distance;
}

static inline int check_site(const struct static_call_key_site_info *info, void *data)
{
	struct check_sites *c = (struct check_sites *)data;
	const unsigned char *p = (const unsigned char *)info->site;
	int tail = !!(info->flags & STATIC_CALL_KEY_SITE_INFO_TAIL);
	int trampoline = !!(info->flags & STATIC_CALL_KEY_SITE_INFO_TRAMPOLINE);
	const char *wrong = NULL;

	c->sites++;
	c->tails += tail;
	c->through += trampoline;
	if (((uintptr_t)p & 7) > 3)
		wrong = "it does not lie in one aligned quadword";
	else if (p[0] != 0xe8 && p[0] != 0xe9)
		wrong = "it is neither call nor jmp";
	else if (tail != (p[0] == 0xe9))
		wrong = "its tail flag is wrong";
	else if (info->destination != check_destination(p))
		wrong = "the runtime does not know where it leads";
	else if (info->flags & STATIC_CALL_KEY_SITE_INFO_STALE)
		wrong = "it is stale";
	else if (info->flags & STATIC_CALL_KEY_SITE_INFO_UNPATCHABLE)
		wrong = "it is unpatchable";
	else if (trampoline && check_reaches(p, c->target))
		wrong = "it is not patched";
	else if (!trampoline && check_destination(p) != c->target)
		wrong = "it leads elsewhere";
	if (wrong) {
		fprintf(stderr, "%s:%d: site %p: %02x %02x %02x %02x %02x: %s\n", c->file, c->line,
			(const void *)p, p[0], p[1], p[2], p[3], p[4], wrong);
		abort();
	}
	return 0;
}

static inline void check_key(const char *file, int line, const void *key, const void *target,
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

#define CHECK_SITES(key, fn, n) \
	check_key(__FILE__, __LINE__, (const void *)(key), (const void *)(fn), n, 0)
#define CHECK_KEY(key, fn)	CHECK_SITES(key, fn, 1)

/* GCC makes tail calls from -O2 up; the harness knows the level. */
#ifdef TEST_TAIL_CALLS
#define CHECK_TAIL(key, fn) \
	check_key(__FILE__, __LINE__, (const void *)(key), (const void *)(fn), 1, 1)
#else
#define CHECK_TAIL(key, fn)	CHECK_KEY(key, fn)
#endif

#endif
