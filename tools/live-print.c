// SPDX-License-Identifier: GPL-2.0-or-later
/* What was found in a process, as text and as JSON. */
#include <stdio.h>
#include <stdlib.h>

#include "live.h"

static const char *const form_names[LIVE_FORMS] = {
	"direct", "body", "no-op", "inlined", "slow", "trampoline", "stale", "breakpoint",
};

static const char *const state_names[] = { "as linked", "learned", "given up", "odd" };

static void put_where(const struct live *live, uint64_t addr)
{
	char *where = live_where(live, addr);

	print_name(where);
	free(where);
}

static void put_json_text(const struct live *live, const char *field, uint64_t addr)
{
	char *where = live_where(live, addr);

	printf("\"%s\":", field);
	put_json(where);
	free(where);
}

static unsigned long long ull(uint64_t v)
{
	return v;
}

static void print_site(const struct live *live, const struct live_site *site)
{
	printf("    0x%llx ", ull(site->addr));
	put_where(live, site->addr);
	printf(": %s", form_names[site->form]);
	if (site->form == LIVE_STALE && site->dest) {
		printf(", leads to ");
		put_where(live, site->dest);
	}
	if (site->why)
		printf(": %s", site->why);
	putchar('\n');
}

static void print_key(const struct live *live, const struct live_key *key, enum output output)
{
	const char *before = ": ";
	size_t i;

	printf("  ");
	print_name(key->name);
	if (!key->readable) {
		printf(" at 0x%llx cannot be read\n", ull(key->addr));
		return;
	}
	printf(" -> ");
	put_where(live, key->value);
	for (i = 0; i < LIVE_FORMS; i++)
		if (key->sites[i]) {
			printf("%s%zu %s", before, key->sites[i], form_names[i]);
			before = ", ";
		}
	printf("%s\n", key->n ? "" : ": no sites");
	for (i = 0; i < key->n; i++)
		if (output == VERBOSE || key->list[i].form == LIVE_STALE)
			print_site(live, &key->list[i]);
}

static void print_dynamic(const struct live *live, const struct live_dynamic *d)
{
	unsigned int i;

	printf("    0x%llx ", ull(d->addr));
	put_where(live, d->addr);
	if (d->name) {
		printf(" (");
		print_name(d->name);
		printf(")");
	}
	printf(": %s", state_names[d->state]);
	for (i = 0; i < d->n; i++) {
		printf("%s", i ? ", " : ": ");
		put_where(live, d->target[i]);
		if (d->counted)
			printf(" %llu", ull(d->hits[i]));
	}
	if (d->counted)
		printf(", others %llu", ull(d->misses));
	putchar('\n');
}

static void print_dynamics(const struct live *live, enum output output)
{
	size_t n[4] = { 0 }, i;
	uint64_t hits = 0, misses = 0;
	unsigned int k;

	for (i = 0; i < live->n_dynamics; i++) {
		const struct live_dynamic *d = &live->dynamics[i];

		n[d->state]++;
		misses += d->misses;
		for (k = 0; k < d->n; k++)
			hits += d->hits[k];
	}
	if (!live->n_dynamics)
		return;
	printf("  dynamic calls: %zu as linked, %zu learned, %zu given up, %zu odd",
	       n[LIVE_AS_LINKED], n[LIVE_LEARNED], n[LIVE_GIVEN_UP], n[LIVE_ODD]);
	if (hits + misses)
		printf("; hit %.1f %%", 100.0 * (double)hits / (double)(hits + misses));
	putchar('\n');
	for (i = 0; i < live->n_dynamics; i++)
		if (output == VERBOSE || live->dynamics[i].state == LIVE_LEARNED)
			print_dynamic(live, &live->dynamics[i]);
}

void live_print(const struct live *live, enum output output)
{
	size_t i, sites = 0, modules = 0;

	for (i = 0; i < live->n_modules; i++) {
		const struct module *m = &live->modules[i];

		modules += m->keyed;
		if (m->unread) {
			printf("  ");
			print_name(m->name);
			printf(" is not looked at: %s\n", m->unread);
		} else if (m->keyed) {
			printf("  ");
			print_name(m->name);
			printf(": %s with a runtime\n",
			       m->registered ? "registered" : "not registered");
		}
	}
	for (i = 0; i < live->n_keys; i++) {
		sites += live->keys[i].n;
		print_key(live, &live->keys[i], output);
	}
	print_dynamics(live, output);
	printf("%zu modules, %zu keys, %zu sites, %zu stale\n", modules, live->n_keys, sites,
	       live->stale);
}

static void print_json_key(const struct live *live, const struct live_key *key)
{
	size_t i;

	printf("{\"name\":");
	put_json(key->name);
	printf(",\"address\":%llu,\"readable\":%s,", ull(key->addr),
	       key->readable ? "true" : "false");
	put_json_text(live, "target", key->value);
	printf(",\"target_has_body\":%s", key->has_body ? "true" : "false");
	for (i = 0; i < LIVE_FORMS; i++)
		printf(",\"%s\":%zu", form_names[i], key->sites[i]);
	printf(",\"site_list\":[");
	for (i = 0; i < key->n; i++) {
		printf("%s{\"address\":%llu,", i ? "," : "", ull(key->list[i].addr));
		put_json_text(live, "where", key->list[i].addr);
		printf(",\"form\":\"%s\"", form_names[key->list[i].form]);
		if (key->list[i].dest) {
			putchar(',');
			put_json_text(live, "leads_to", key->list[i].dest);
		}
		if (key->list[i].why) {
			printf(",\"why\":");
			put_json(key->list[i].why);
		}
		putchar('}');
	}
	printf("]}");
}

static void print_json_dynamic(const struct live *live, const struct live_dynamic *d)
{
	unsigned int i;

	printf("{\"address\":%llu,", ull(d->addr));
	put_json_text(live, "where", d->addr);
	printf(",\"state\":\"%s\",\"targets\":[", state_names[d->state]);
	for (i = 0; i < d->n; i++) {
		printf("%s{", i ? "," : "");
		put_json_text(live, "target", d->target[i]);
		if (d->counted)
			printf(",\"hits\":%llu", ull(d->hits[i]));
		putchar('}');
	}
	printf("]");
	if (d->counted)
		printf(",\"misses\":%llu", ull(d->misses));
	printf("}");
}

void live_print_json(const struct live *live)
{
	const char *comma = "";
	size_t i;

	printf("{\"modules\":[");
	for (i = 0; i < live->n_modules; i++) {
		const struct module *m = &live->modules[i];

		if (!m->keyed && !m->unread)
			continue;
		printf("%s{\"file\":", comma);
		put_json(m->name);
		printf(",\"registered\":%s", m->registered ? "true" : "false");
		if (m->unread) {
			printf(",\"error\":");
			put_json(m->unread);
		}
		putchar('}');
		comma = ",";
	}
	printf("],\"keys\":[");
	for (i = 0; i < live->n_keys; i++) {
		printf("%s", i ? "," : "");
		print_json_key(live, &live->keys[i]);
	}
	printf("],\"dynamic\":[");
	for (i = 0; i < live->n_dynamics; i++) {
		printf("%s", i ? "," : "");
		print_json_dynamic(live, &live->dynamics[i]);
	}
	printf("],\"stale\":%zu}\n", live->stale);
}
