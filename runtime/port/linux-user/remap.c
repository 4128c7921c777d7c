// SPDX-License-Identifier: MIT
/*
 * remap.c - text changes and is never writable, for programs that must not have any that is
 * (STATIC_CALL=remap, or STATIC_CALL_KEY_TEXT_NEVER_WRITABLE in the program):
 *
 *	open	memory of the runtime's own is a window on what the text shall be
 *	store	the page is copied there, if it was not yet, and the copy is changed
 *	close	the copies go into a file in memory (memfd), by write(), and that is mapped in
 *		the place of the text: private, readable, executable
 *
 * The file is not written to any more, and its descriptor is closed, so parent and child may
 * both have it mapped, and each replaces its own text. No mapping is ever executable that was
 * not so from its beginning, which is what PR_SET_MDWE asks for; SELinux asks for the
 * permission to execute the file (tmpfs), and neither for execmod nor execmem.
 *
 * A thread that runs through the pages meanwhile waits, if it waits at all, in the kernel for
 * the end of the mmap(): there is no moment in which one of the two is not there. So a site
 * changes with its page, and all sites of a page at once.
 *
 * What was the program's file is not, for those who ask the kernel: perf and core files do not
 * find the symbols, and a uprobe is not set there. One that was set before would be copied, and
 * the kernel, which does not know it again, would stop the program: so before text is replaced
 * for the first time it is compared with the file. Then all of it from the first site of the
 * module to the last is, as one piece; later no more than has to change.
 */
#include <linux/fcntl.h>
#include <linux/memfd.h>
#include <linux/mman.h>
#include <linux/resource.h>

#include "linux-user.h"
#include "proc.h"
#include "remap.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 8u
#endif

/* Pages that do not change are replaced too between two that do, if they are no more than that. */
#define REMAP_GAP  16
/* Files stay as long as one page of them is mapped: so much is held, then all becomes one. */
#define REMAP_HELD 4
/* How much of the program's file is read at once. */
#define REMAP_READ 0x10000ul

#define INT3       0xcc

/* The program may have one of its own, see STATIC_CALL_KEY_TEXT_NEVER_WRITABLE: that counts. */
#pragma GCC visibility push(default)
extern const volatile char static_call_key_text_never_writable;
const volatile char static_call_key_text_never_writable __attribute__((weak)) = 0;
#pragma GCC visibility pop

/* As the state has it, when this copy of the runtime has found one. */
static enum { REMAP_AS_PROGRAM, REMAP_NO, REMAP_YES } remap_mode;

bool scrt_program_remaps(void)
{
	return static_call_key_text_never_writable;
}

void scrt_remap_set(bool on)
{
	remap_mode = on ? REMAP_YES : REMAP_NO;
}

bool scrt_remaps(void)
{
	return remap_mode == REMAP_AS_PROGRAM ? scrt_program_remaps() : remap_mode == REMAP_YES;
}

/* A page of the window: is it copied, and what was there then? */
struct remap_page {
	uint64_t copied;
	uint64_t sum[2];
};

struct scrt_text {
	size_t bytes; /* of all this memory */
	uintptr_t lo, hi;
	uint8_t *copy; /* of the text at lo: all of it, */
	bool whole;
	struct remap_page page[]; /* ... or pages that say so */
};

/* Fletcher's sums of a page of text, which is copied if there is where to. */
static void remap_sum(uintptr_t text, uint64_t *copy, uint64_t sum[2])
{
	const volatile uint64_t *word = (const volatile uint64_t *)text;
	uint64_t a = 0, b = 0, w;
	unsigned int i;

	for (i = 0; i < SCRT_PAGE / sizeof(*word); i++) {
		w = word[i];
		if (copy)
			copy[i] = w;
		a += w;
		b += a;
	}
	sum[0] = a;
	sum[1] = b;
}

/* E: a forked child finds a page that is marked as a copy whole. */
static void remap_copy_page(struct scrt_text *t, size_t page)
{
	if (t->page[page].copied)
		return;
	remap_sum(t->lo + page * SCRT_PAGE, (uint64_t *)(t->copy + page * SCRT_PAGE),
		  t->page[page].sum);
	scrt_publish(&t->page[page].copied, 1);
}

/* Does the text still hold what was copied? */
static bool remap_is_same(const struct scrt_text *t, size_t page)
{
	uint64_t sum[2];

	remap_sum(t->lo + page * SCRT_PAGE, NULL, sum);
	return sum[0] == t->page[page].sum[0] && sum[1] == t->page[page].sum[1];
}

static size_t remap_pages(const struct scrt_text *t)
{
	return (t->hi - t->lo) / SCRT_PAGE;
}

static void remap_drop(struct scrt_module *m)
{
	struct scrt_text *t = m->text;

	if (!t)
		return;
	scrt_publish(&m->text, NULL);
	scrt_free(t, t->bytes);
}

/* ---- is anything there that must not be copied? ---- */

/* Has somebody put a breakpoint into this copy? */
static bool remap_differs(const uint8_t *copy, const uint8_t *file, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		if (copy[i] == INT3 && file[i] != INT3)
			return true;
	return false;
}

/* The copy of [lo, hi), which this file has at the offset. */
static int remap_compare(const struct scrt_text *t, int fd, uintptr_t offset, uintptr_t lo,
			 uintptr_t hi, uint8_t *buffer)
{
	long got;

	while (lo < hi) {
		got = syscall4(__NR_pread64, fd, (long)buffer,
			       hi - lo < REMAP_READ ? hi - lo : REMAP_READ, offset);
		if (syscall_failed(got))
			return got;
		if (!got)
			break; /* the rest of the last page, which is nothing */
		if (remap_differs(t->copy + (lo - t->lo), buffer, got))
			return -ETXTBSY;
		lo += got;
		offset += got;
	}
	return 0;
}

static int remap_check_mapping(const struct scrt_text *t, const struct scrt_mapping *mapping,
			       const char *path, uint8_t *buffer)
{
	uintptr_t lo = mapping->lo > t->lo ? mapping->lo : t->lo;
	uintptr_t hi = mapping->hi < t->hi ? mapping->hi : t->hi;
	long fd;
	int err;

	/* Probes are on files, and these are not on any that others know. */
	if (lo >= hi || !mapping->inode || scrt_mapping_is_copy(mapping))
		return 0;
	fd = syscall4(__NR_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC, 0);
	if (syscall_failed(fd))
		return fd;
	err = remap_compare(t, fd, mapping->offset + (lo - mapping->lo), lo, hi, buffer);
	syscall3(__NR_close, fd, 0, 0);
	return err;
}

static int remap_check(const struct scrt_text *t)
{
	struct scrt_mapping mapping;
	struct scrt_maps maps;
	char *path = scrt_alloc(SCRT_PAGE + REMAP_READ);
	int err = -EACCES; /* who cannot look does not know */

	if (!path)
		return -ENOMEM;
	if (scrt_maps_open(&maps)) {
		maps.path = path;
		maps.path_max = SCRT_PAGE;
		for (err = 0; !err && scrt_maps_next(&maps, &mapping) && mapping.lo < t->hi;)
			err = remap_check_mapping(t, &mapping, path, (uint8_t *)path + SCRT_PAGE);
		scrt_maps_close(&maps);
	}
	scrt_free(path, SCRT_PAGE + REMAP_READ);
	return err;
}

/* ---- the window ---- */

int scrt_remap_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	uintptr_t text_lo = m->text_hi ? m->text_lo & ~(SCRT_PAGE - 1) : lo;
	uintptr_t text_hi = m->text_hi ? (m->text_hi + SCRT_PAGE - 1) & ~(SCRT_PAGE - 1) : hi;
	bool first = !m->replaced, whole = m->replaced >= REMAP_HELD * (text_hi - text_lo);
	struct scrt_text *t;
	size_t head, i;
	int err;

	/* What a forked child finds is its parent's. */
	remap_drop(m);
	if (first || whole) {
		lo = text_lo < lo ? text_lo : lo;
		hi = text_hi > hi ? text_hi : hi;
	}
	head = sizeof(*t) + (hi - lo) / SCRT_PAGE * sizeof(t->page[0]);
	head = (head + SCRT_PAGE - 1) & ~(SCRT_PAGE - 1);
	t = scrt_alloc(head + (hi - lo));
	if (!t)
		return -ENOMEM;
	t->bytes = head + (hi - lo);
	t->lo = lo;
	t->hi = hi;
	t->copy = (uint8_t *)t + head;
	t->whole = first || whole;
	for (i = 0; t->whole && i < remap_pages(t); i++)
		remap_copy_page(t, i);
	err = first ? remap_check(t) : 0;
	if (err) {
		scrt_free(t, t->bytes);
		return err;
	}
	scrt_publish(&m->text, t);
	return 0;
}

bool scrt_remap_replace(struct scrt_module *m, uintptr_t site, uint64_t old, uint64_t wanted)
{
	struct scrt_text *t = m->text;
	unsigned int shift = (site & 7) * 8;
	uint64_t *word;

	if (scrt_form_read(site) != old)
		return false;
	remap_copy_page(t, (site - t->lo) / SCRT_PAGE);
	word = (uint64_t *)(t->copy + ((site & ~7ul) - t->lo));
	*word = (*word & ~(SCRT_FORM_MASK << shift)) | wanted << shift;
	return true;
}

/* The first run of pages that are to be replaced together, of those from *page on. */
static bool remap_next_run(struct scrt_text *t, size_t *page, size_t *end)
{
	size_t pages = remap_pages(t), last;

	while (*page < pages && !t->page[*page].copied)
		++*page;
	for (last = *end = *page; *end < pages && *end - last <= REMAP_GAP; ++*end)
		if (t->page[*end].copied)
			last = *end;
	*end = *page < pages ? last + 1 : pages;
	return *page < pages;
}

static int remap_write(int fd, const uint8_t *from, size_t bytes)
{
	size_t done = 0;
	long n;

	while (done < bytes) {
		n = syscall3(__NR_write, fd, (long)(from + done), bytes - done);
		if (n == -EINTR)
			continue;
		if (n <= 0)
			return n ? (int)n : -ENOSPC;
		done += n;
	}
	return 0;
}

/* A file in memory; who may not write so much to one would get a signal. */
static long remap_file(size_t bytes)
{
	struct rlimit64 limit;
	long fd = syscall4(__NR_prlimit64, 0, RLIMIT_FSIZE, 0, (long)&limit);

	if (syscall_failed(fd))
		return fd;
	if (bytes > limit.rlim_cur)
		return -EFBIG;
	fd = syscall3(__NR_memfd_create, (long)SCRT_COPY_NAME, MFD_CLOEXEC | MFD_NOEXEC_SEAL, 0);
	/* Linux 6.3 */
	return fd == -EINVAL ? syscall3(__NR_memfd_create, (long)SCRT_COPY_NAME, MFD_CLOEXEC, 0)
			     : fd;
}

static int remap_write_runs(struct scrt_text *t, int fd)
{
	size_t page, end;
	int err = 0;

	for (page = 0; !err && remap_next_run(t, &page, &end); page = end) {
		size_t first = page;

		for (; page < end; page++)
			remap_copy_page(t, page);
		err = remap_write(fd, t->copy + first * SCRT_PAGE, (end - first) * SCRT_PAGE);
	}
	return err;
}

static int remap_map_runs(struct scrt_text *t, int fd)
{
	size_t page, end, offset = 0;

	for (page = 0; remap_next_run(t, &page, &end); page = end) {
		long at = syscall6(__NR_mmap, t->lo + page * SCRT_PAGE, (end - page) * SCRT_PAGE,
				   PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_FIXED, fd, offset);

		if (syscall_failed(at))
			return at;
		offset += (end - page) * SCRT_PAGE;
	}
	return 0;
}

/*
 * Has nobody else changed the text meanwhile? A debugger that stops the program in here may set
 * and remove breakpoints: what it has removed would come back.
 */
static bool remap_all_same(const struct scrt_text *t)
{
	size_t page;

	for (page = 0; page < remap_pages(t); page++)
		if (t->page[page].copied && !remap_is_same(t, page))
			return false;
	return true;
}

static size_t remap_bytes(struct scrt_text *t)
{
	size_t page, end, pages = 0;

	for (page = 0; remap_next_run(t, &page, &end); page = end)
		pages += end - page;
	return pages * SCRT_PAGE;
}

int scrt_remap_close(struct scrt_module *m)
{
	struct scrt_text *t = m->text;
	bool same = true;
	size_t bytes;
	long fd;
	int err;

	if (!t)
		return 0;
	bytes = remap_bytes(t);
	fd = bytes ? remap_file(bytes) : 0;
	err = syscall_failed(fd) ? (int)fd : 0;
	if (bytes && !err) {
		err = remap_write_runs(t, fd);
		/* If not, nothing changes, and the transaction sees that, and tries again. */
		same = remap_all_same(t);
		if (!err && same)
			err = remap_map_runs(t, fd);
		syscall3(__NR_close, fd, 0, 0);
	}
	if (!err && same)
		m->replaced = t->whole ? bytes : m->replaced + bytes;
	remap_drop(m);
	return -err;
}
