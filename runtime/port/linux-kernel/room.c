// SPDX-License-Identifier: MIT
/*
 * room.c - where what dynamic calls of loadable modules learn is kept: the code and data that have to
 * be near a module are in the module itself, which the plugin and static_call_key.lds, or the
 * kernel's module.lds, have set apart for that. Kernels export nothing by which memory for code
 * could be had. Of vmlinux: vmlinux-learn.c.
 *
 * By static_call_key.ko code is written as poke=store writes to sites, through a second mapping of
 * the pages, whatever poke= is: nobody executes it before a site leads there. As linked the room is
 * no-ops that end in a jump to %r10, so that the kernel's unwinder knows all of it for code that has
 * not moved the stack, as blocks do not.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "learn.h"
#include "linux-kernel.h"

#if SCRT_PORT_DYNAMIC

/* ---- memory ---- */

void *scrt_near_alloc(struct scrt_state *s, uintptr_t address, size_t bytes)
{
	return scrt_alloc(bytes);
}

int scrt_near_data(uintptr_t lo, size_t bytes)
{
	return 0;
}

int scrt_room_of_module(struct scrt_dynamic *d)
{
	const struct static_call_key_room *room = (void *)d->desc->room;
	size_t bytes, n, each = sizeof(*d->budgets);

	if (!room || room->code_start == room->code_stop)
		return -ENOSPC;
	bytes = room->data_stop - room->data_start;
	/* Room for these is set apart if the module is built for it: static_call_count. */
	if (d->state->counting && bytes / (each + sizeof(*d->hits)) >= d->max_slots)
		each += sizeof(*d->hits);
	n = min_t(size_t, bytes / each, d->max_slots);
	if (!n)
		return -ENOSPC;
	d->hits = each > sizeof(*d->budgets) ? (struct scrt_hits *)room->data_start : NULL;
	d->budgets = (int32_t *)(room->data_start + (d->hits ? n * sizeof(*d->hits) : 0));
	d->max_slots = n;
	d->code_lo = room->code_start;
	d->code_hi = room->code_stop;
	return 0;
}

#ifdef MODULE

int scrt_room_place(struct scrt_dynamic *d)
{
	return scrt_room_of_module(d);
}

/* ---- code ---- */

int scrt_code_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return scrt_poke_map(m->text, scrt_text_start(lo), scrt_text_end(hi));
}

int scrt_code_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	scrt_poke_unmap(m->text);
	return 0;
}

void scrt_code_store(struct scrt_module *m, uintptr_t at, const void *from, size_t bytes)
{
	memcpy((void *)scrt_poke_alias(m->text, at, bytes), from, bytes);
}

bool scrt_code_is_there(const struct scrt_module *m, uintptr_t code, size_t bytes)
{
	return m->text && scrt_area_of(m->text, code, bytes);
}

/* ---- the end ---- */

static bool room_in_use;

bool scrt_code_in_use(uintptr_t desc)
{
	return room_in_use;
}

void scrt_room_keep(bool keep)
{
	room_in_use = keep;
}

#endif /* MODULE */

#endif /* SCRT_PORT_DYNAMIC */
