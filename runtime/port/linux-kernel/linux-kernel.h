/* SPDX-License-Identifier: MIT */
/*
 * linux-kernel.h - what the files of the port for the Linux kernel share. Some are below
 * the rest of the runtime, which calls them through port.h:
 *
 *	kernel.c	state, lock, memory, core synchronisation
 *	module-text.c	the text of loadable modules
 *	moment.c	in the middle of a dynamic call
 *	room.c		where what these learn is kept, of loadable modules
 *	poke.c		text is written by what kernels export: static_call_key.ko
 *	builtin.c	instead of poke.c, in a kernel that has the runtime built in: text is
 *			written by text_poke_queue()
 *	uml.c		instead of builtin.c, for ARCH=um: text is written as in a program
 *	vmlinux-text.c	with either of these two: vmlinux has keys, too
 *	vmlinux-learn.c	with builtin.c: vmlinux has dynamic calls
 *
 * and others above it, which call its API:
 *
 *	forget.c	memory that goes away, or becomes read-only
 *	exports.c	what modules may call
 *	modules.c	loadable modules come and go
 *	steer.c		whether dynamic calls learn, and what they have learned, by parameters
 *	loadable.c	static_call_key.ko itself
 *	vmlinux.c	instead of loadable.c, in a kernel that has the runtime built in
 *
 * A built-in runtime is all of runtime/ but the port for programs, poke.c and loadable.c
 * (there is nothing in room.c, moment.c and steer.c then without dynamic calls),
 * in one folder, compiled with -DSTATIC_CALL_KEY_RUNTIME_SOURCE -I<include> and without
 * the plugin. The tables of vmlinux have sections of their
 * own, static_call_key_sites, _records, _targets, _guards, _bodies and _offers, which stay
 * after boot, with the linker's __start_ and __stop_ symbols (and so have _dynamics). Boot code calls static_call_key_init() to
 * register them, where alternatives are applied and memory can be had; until then calls
 * go through their trampolines, and stores to keys need nothing.
 * static_call_key_free_init_mem() comes before free_initmem(), which is shortly before
 * what is __ro_after_init becomes read-only. static_call_text_reserved() asks
 * static_call_key_text_reserved(), so that kprobes are refused on sites.
 *
 * Updates are for process context: they sleep on a mutex. Elsewhere they
 * return -EDEADLK.
 *
 * Order of locks: that of the runtime, then cpu_hotplug_lock or text_mutex.
 */
#ifndef STATIC_CALL_LINUX_KERNEL_H
#define STATIC_CALL_LINUX_KERNEL_H

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>

#include "port.h"

/* Called by a kernel that has the runtime built in. */
void static_call_key_init(void);
void static_call_key_free_init_mem(void);
/* Is a site among these bytes, the last of them included? Then no kprobe may be. */
int static_call_key_text_reserved(void *start, void *end);

#pragma GCC visibility push(hidden)

/* A part of a module's text; while it has a second mapping, that for [lo, ...). */
struct scrt_area {
	uintptr_t lo, hi;
	uintptr_t alias_lo;
	void *alias;
};

/* The text of a loadable module: the part that stays, and that of init. */
struct scrt_text {
	struct list_head list;
	struct module *mod;
	struct static_call_key_module *desc;
	struct scrt_area areas[2];
	const char *wrong; /* why it was refused, or NULL */
};

/* kernel.c: nobody will be asked for any more. */
void scrt_lock_exit(void);

/* module-text.c: remember the text of a module, or NULL; and forget it. */
struct scrt_text *scrt_text_add(struct module *mod, struct static_call_key_module *desc);
void scrt_text_remove(struct scrt_text *text);

/* The text of this module, or the text that has this descriptor; or NULL. */
struct scrt_text *scrt_text_find(const struct module *mod,
				 const struct static_call_key_module *desc);

/* The key of the jump label of this module that is here, or NULL. */
struct static_key *scrt_text_jump_label(const struct module *mod, uintptr_t address);

/* Does one of the descriptors pass the test? It may not sleep. */
bool scrt_text_descriptors(bool (*test)(const struct static_call_key_module *desc, uintptr_t lo,
					uintptr_t hi),
			   uintptr_t lo, uintptr_t hi);

/* One of those that there are, or NULL. */
struct scrt_text *scrt_text_any(void);

/*
 * Find the loadable module that m is, as m->text; NULL if it is not one. 0, or
 * -EFAULT: its tables point at something that is not its own.
 */
int scrt_modules_text(struct scrt_module *m);

/* poke.c: which way was asked for? 0 or -EINVAL. */
int scrt_poke_init(void);

/*
 * poke.c: map these whole pages of the module's text once more, to write, and undo it; where
 * these bytes of them are there. 0 or -errno.
 */
int scrt_poke_map(struct scrt_text *text, uintptr_t lo, uintptr_t hi);
void scrt_poke_unmap(struct scrt_text *text);
uintptr_t scrt_poke_alias(struct scrt_text *text, uintptr_t address, size_t bytes);

/* moment.c: no dynamic call comes to this code any more. */
void scrt_learn_exit(void);

/* room.c: scrt_room_place() for a loadable module. */
int scrt_room_of_module(struct scrt_dynamic *d);

/* room.c: threads may, or may not, be in code of modules that are not registered any more. */
void scrt_room_keep(bool keep);

/* steer.c: what the parameters of the module say. */
void scrt_steer_init(void);

/*
 * forget.c: memory goes away: from now on no site or key in [lo, hi) is looked at. Or it
 * becomes read-only, and the keys in it are sealed.
 */
void scrt_forget(uintptr_t lo, uintptr_t hi);
void scrt_read_only(uintptr_t lo, uintptr_t hi);

/* modules.c */
int scrt_modules_init(void);
void scrt_modules_exit(void);

/* The area that holds these bytes, or NULL. */
static inline struct scrt_area *scrt_area_of(struct scrt_text *text, uintptr_t address, size_t n)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(text->areas); i++)
		if (address >= text->areas[i].lo && address < text->areas[i].hi &&
		    n <= text->areas[i].hi - address)
			return &text->areas[i];
	return NULL;
}

#pragma GCC visibility pop

#endif /* STATIC_CALL_LINUX_KERNEL_H */
