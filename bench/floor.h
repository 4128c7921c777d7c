/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * floor.h - the protocol of an update by hand: the window, a store to each site, and the
 * barrier. The addresses are known, and so is what has to be written: no lock, no tables, no
 * look at what a site holds, before or after. An update by this protocol cannot take less.
 *
 * Nor can it be right without a look: nothing may change unless all sites hold what they
 * should. So there is another floor, with one before the window opens. (Before Linux 6.16
 * an update looks again when it is closed.)
 *
 * The store is the runtime's own, a locked one: another would lose a breakpoint that a
 * debugger sets beside it.
 */
#ifndef BENCH_FLOOR_H
#define BENCH_FLOOR_H

#include <linux/membarrier.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A site: the quadword that it lies in, and what that is to hold. */
struct floor_site {
	uint64_t *word;
	uint64_t form[2];
};

/* As the runtime does when it starts. */
static inline int floor_begin(void)
{
	return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0);
}

static inline int floor_store(struct floor_site *site, int form)
{
	uint64_t old = *(volatile uint64_t *)site->word;

	return __atomic_compare_exchange_n(site->word, &old, site->form[form], 0, __ATOMIC_RELEASE,
					   __ATOMIC_RELAXED);
}

/* Sites of a few that are far from the one before have a window of their own, as in an update. */
static inline size_t floor_window(const struct floor_site *site, size_t n)
{
	size_t i = 1;

	while (n < 100 && i < n && (uintptr_t)site[i].word - (uintptr_t)site[i - 1].word < 0x80000)
		i++;
	return n < 100 ? i : n;
}

static inline int floor_protect(const struct floor_site *site, size_t n, int how)
{
	while (n) {
		size_t here = floor_window(site, n);
		uintptr_t lo = (uintptr_t)site[0].word & ~4095ul;
		uintptr_t hi = ((uintptr_t)site[here - 1].word + 4096) & ~4095ul;

		if (mprotect((void *)lo, hi - lo, how))
			return -1;
		site += here;
		n -= here;
	}
	return 0;
}

/* Do all hold this form? */
static inline int floor_look(const struct floor_site *site, size_t n, int form)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (*(volatile uint64_t *)site[i].word != site[i].form[form])
			return 0;
	return 1;
}

static inline int floor_barrier(void)
{
	return syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0);
}

/* Give each of n sites, in ascending order, one of its two forms; 0 or -1. */
static inline int floor_change(struct floor_site *site, size_t n, int form)
{
	size_t i;

	if (floor_protect(site, n, PROT_READ | PROT_WRITE | PROT_EXEC))
		return -1;
	for (i = 0; i < n; i++)
		floor_store(&site[i], form);
	if (floor_protect(site, n, PROT_READ | PROT_EXEC))
		return -1;
	return floor_barrier();
}

/* The same, if all have the other one. */
static inline int floor_change_looking(struct floor_site *site, size_t n, int form)
{
	return floor_look(site, n, !form) ? floor_change(site, n, form) : -1;
}

#endif
