// SPDX-License-Identifier: MIT
/*
 * near.c - memory near the code of a module, for code that its calls lead to.
 *
 * A branch reaches 2 GiB, so what lies within 1 GiB of a module is reached by its calls, and
 * reaches what they call. Places are tried, not looked up: that needs no /proc, and takes one
 * system call where the first place is free, as it is below a program. Not above one, where
 * its heap grows, but if it is linked so low that there is nothing below: then as far up as
 * its branches reach, and the heap grows from the other side.
 */
#include <linux/mman.h>

#include "linux-user.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000 /* older kernels take it for a mere wish */
#endif

#define NEAR_REACH  0x40000000ul
#define NEAR_STEP   0x1000000ul
#define NEAR_LOWEST 0x10000000ul /* programs that may not be moved, and their heaps */
#define NEAR_LOW    0x80000000ul /* they lie below */
#define NEAR_HIGH   0x7f000000ul /* ... and reach so far up */
#define NEAR_TRIES  64

static void *near_try(uintptr_t place, size_t bytes)
{
	long p = syscall6(__NR_mmap, place, bytes, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

	if (syscall_failed(p))
		return NULL;
	if (p == (long)place)
		return (void *)p;
	scrt_free((void *)p, bytes);
	return NULL;
}

static bool near_is(uintptr_t place, size_t bytes, uintptr_t address)
{
	uintptr_t lo = place < address ? place : address;
	uintptr_t hi = place + bytes > address ? place + bytes : address;

	return place >= NEAR_LOWEST && place + bytes > place && hi - lo <= NEAR_REACH;
}

void *scrt_near_alloc(struct scrt_state *s, uintptr_t address, size_t bytes)
{
	size_t step = bytes > NEAR_STEP ? (bytes + NEAR_STEP - 1) & ~(NEAR_STEP - 1) : NEAR_STEP;
	uintptr_t place = s->near - bytes;
	void *p = NULL;
	int i;

	/* Below the last one, if that is near: modules of a program are. */
	if (s->near > bytes && near_is(place, bytes, address))
		p = near_try(place, bytes);
	place = address & ~(NEAR_STEP - 1);
	for (i = 0; i < NEAR_TRIES && !p && place > step; i++) {
		place -= step;
		if (!near_is(place, bytes, address))
			break;
		p = near_try(place, bytes);
	}
	place = NEAR_HIGH;
	for (i = 0; i < NEAR_TRIES && !p && address < NEAR_LOW && place > step; i++) {
		place -= step;
		if (place <= address + NEAR_STEP)
			break;
		p = near_try(place, bytes);
	}
	if (p)
		s->near = (uintptr_t)p;
	return p;
}

/* Without huge pages: what is used of it is a part, and scattered. */
int scrt_near_data(uintptr_t lo, size_t bytes)
{
	syscall3(__NR_madvise, lo, bytes, MADV_NOHUGEPAGE);
	return syscall3(__NR_mprotect, lo, bytes, PROT_READ | PROT_WRITE);
}
