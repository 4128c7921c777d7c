// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Dynamic calls: what the code compares with to which they lead. That code is written by the
 * runtime (x86_64-block.h); it is known by its form, and anything else is called odd.
 */
#include <string.h>

#include "live.h"
#include "static_call_abi.h"

#define BLOCK_MAX 192

/* What is left of the block, and where that was. */
struct code {
	const unsigned char *p;
	const unsigned char *end;
	uint64_t at;
};

static bool code_is(const struct code *c, const char *bytes, size_t n)
{
	return (size_t)(c->end - c->p) >= n && !memcmp(c->p, bytes, n);
}

static void code_skip(struct code *c, size_t n)
{
	c->p += n;
	c->at += n;
}

/* [cs cs] lea t(%rip), %r11 ; cmp %r11, %r10, or cmp $t, %r10 */
static bool code_compare(struct code *c, uint64_t *target)
{
	if (code_is(c, "\x2e\x2e", 2))
		code_skip(c, 2);
	if (c->end - c->p >= 30 && code_is(c, "\x4c\x8d\x1d", 3) &&
	    !memcmp(c->p + 7, "\x4d\x39\xda", 3)) {
		*target = follow(c->p + 3, c->at + 7);
		code_skip(c, 10);
		return true;
	}
	if (c->end - c->p >= 30 && code_is(c, "\x49\x81\xfa", 3)) {
		*target = (uint64_t)(int64_t)(int32_t)get32(c->p + 3);
		code_skip(c, 7);
		return true;
	}
	return false;
}

/* incq n(%rip) */
static bool code_counts(const struct process *p, struct code *c, uint64_t *n)
{
	unsigned char word[8];

	if (!code_is(c, "\x48\xff\x05", 3) || c->end - c->p < 7)
		return false;
	*n = process_read(p, follow(c->p + 3, c->at + 7), word, sizeof(word)) ? get64(word) : 0;
	code_skip(c, 7);
	return true;
}

static void read_block(const struct process *p, uint64_t addr, struct live_dynamic *d)
{
	unsigned char bytes[BLOCK_MAX] = { 0 };
	struct code c = { bytes, bytes + sizeof(bytes), addr };
	size_t have = sizeof(bytes);

	/* A block may lie near the end of what is mapped. */
	while (have && !process_read(p, addr, bytes, have))
		have /= 2;
	d->state = LIVE_ODD;
	while (d->n < LIVE_TARGETS && code_compare(&c, &d->target[d->n])) {
		if (code_is(&c, "\x75\x0c", 2)) {
			code_skip(&c, 2);
			d->counted = code_counts(p, &c, &d->hits[d->n]);
			code_skip(&c, 5);
		} else if (code_is(&c, "\x0f\x84", 2)) {
			code_skip(&c, 6);
		} else {
			/* One target: the branch is for all others. */
			d->n++;
			break;
		}
		d->n++;
	}
	d->counted |= code_counts(p, &c, &d->misses);
	if (d->n)
		d->state = LIVE_LEARNED;
	else if (code_is(&c, "\x41\xff\xe2", 3) || code_is(&c, "\x3e\x41\xff\xe2", 4) ||
		 code_is(&c, "\xe9", 1) || code_is(&c, "\x83\x2d", 2))
		d->state = LIVE_GIVEN_UP;
}

static void read_dynamic(struct live *live, const struct module *m, const struct dynamic *from)
{
	struct live_dynamic *d =
		append(&live->dynamics, &live->n_dynamics, &live->room_dynamics, sizeof(*d));
	const unsigned char *linked = image_bytes(&m->image, from->addr, CALL_SIZE);
	unsigned char now[CALL_SIZE];

	d->module = m;
	d->addr = from->addr + m->bias;
	d->name = dynamic_name(&m->image, from);
	d->state = LIVE_ODD;
	if (!linked || !process_read(&live->process, d->addr, now, sizeof(now)))
		return;
	if (!memcmp(now, linked, sizeof(now)))
		d->state = LIVE_AS_LINKED;
	else if (!memcmp(now, *linked == 0xe8 ? "\x2e\x2e\x41\xff\xd2" : "\x2e\x2e\x41\xff\xe2",
			 sizeof(now)))
		d->state = LIVE_GIVEN_UP;
	else if (*now == *linked)
		read_block(&live->process, follow(now + 1, d->addr + CALL_SIZE), d);
}

void live_dynamics(struct live *live)
{
	size_t i, k;

	for (i = 0; i < live->n_modules; i++) {
		const struct module *m = &live->modules[i];

		for (k = 0; k < m->tables.n_dynamics && !m->unread; k++)
			if (!k || m->tables.dynamics[k].addr != m->tables.dynamics[k - 1].addr)
				read_dynamic(live, m, &m->tables.dynamics[k]);
	}
}
