// SPDX-License-Identifier: MIT
/*
 * text.c - the code of a program: which of it may be patched, the window in which it is
 * writable, and the cores that execute it.
 */
#include <linux/membarrier.h>
#include <linux/mman.h>
#include <linux/utsname.h>

#include "linux-user.h"
#include "proc.h"
#include "remap.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* A run of executable mappings of one file, one behind the other. */
struct text_run {
	uintptr_t lo, hi;
	uintptr_t offset, device, inode;
	bool writable; /* all of them */
};

static bool text_same_file(const struct text_run *run, const struct scrt_mapping *mapping)
{
	return run->inode && run->inode == mapping->inode && run->device == mapping->device;
}

static void text_run_add(struct text_run *run, const struct scrt_mapping *mapping)
{
	if (run->hi == mapping->lo &&
	    ((run->inode == mapping->inode && run->device == mapping->device) ||
	     scrt_mapping_is_copy(mapping))) {
		run->hi = mapping->hi;
		run->writable &= mapping->writable;
		return;
	}
	run->lo = mapping->lo;
	run->hi = mapping->hi;
	run->offset = mapping->offset;
	run->device = mapping->device;
	run->inode = mapping->inode;
	run->writable = mapping->writable;
}

/*
 * Linkers put all code of a module in one piece. A tool that rewrites the linked file
 * (BOLT) leaves that as it is, for what it does not know, and adds another one, to
 * which it has moved some functions or all: executable memory of the same file that
 * is another part of it. (The same part again is the module, loaded twice.)
 */
static bool text_is_second(const struct text_run *own, const struct scrt_mapping *mapping)
{
	return text_same_file(own, mapping) && mapping->executable && mapping->lo > own->hi &&
	       (mapping->offset < own->offset ||
		mapping->offset >= own->offset + (own->hi - own->lo));
}

/*
 * An emulator shows the program the mappings of another address space, or its own
 * idea of what is executable: a list in which this very code is not says nothing.
 */
int scrt_text_check(struct scrt_module *m)
{
	uintptr_t self = (uintptr_t)&scrt_text_check;
	bool found = false, moved = false, believe = false;
	struct scrt_mapping mapping;
	struct text_run run = { 0 };
	struct scrt_maps maps;

	if (!m->text_hi || !scrt_maps_open(&maps))
		return 0;
	while (!moved && scrt_maps_next(&maps, &mapping)) {
		believe |= mapping.executable && self >= mapping.lo && self < mapping.hi;
		if (found && mapping.lo >= run.hi && mapping.inode &&
		    !text_same_file(&run, &mapping))
			break;
		moved = found && text_is_second(&run, &mapping);
		if (mapping.readable && mapping.executable && (!found || run.hi == mapping.lo))
			text_run_add(&run, &mapping);
		found |= run.lo <= m->text_lo && run.hi >= m->text_hi;
	}
	scrt_maps_close(&maps);
	if (moved)
		return -ESTALE;
	if (!found)
		return believe && !maps.failed ? -EFAULT : 0;
	return run.writable;
}

uintptr_t scrt_text_start(uintptr_t lo)
{
	return lo & ~(SCRT_PAGE - 1);
}

uintptr_t scrt_text_end(uintptr_t hi)
{
	return (hi + SCRT_PAGE - 1) & ~(SCRT_PAGE - 1);
}

/* All of it, or what is to change; the first error. */
static int text_protect(const struct scrt_module *m, uintptr_t lo, uintptr_t hi, int how)
{
	int err, first = 0;
	uint32_t i;

	if (!m->split)
		return syscall3(__NR_mprotect, lo, hi - lo, how);
	for (i = 0; i < m->nislands; i++) {
		lo = scrt_text_start(m->island[i].lo);
		err = syscall3(__NR_mprotect, lo, scrt_text_end(m->island[i].hi) - lo, how);
		if (err && !first)
			first = err;
	}
	return first;
}

int scrt_text_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	int err;

	if (scrt_remaps())
		return scrt_remap_open(m, lo, hi);
	err = text_protect(m, lo, hi, PROT_READ | PROT_WRITE | PROT_EXEC);
	/* Pages of the wrong size: huge ones of a file have come here since. */
	return err == -EINVAL ? -EACCES : err;
}

int scrt_text_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	if (scrt_remaps())
		return scrt_remap_close(m);
	return text_protect(m, lo, hi, PROT_READ | PROT_EXEC);
}

/*
 * One call instead of a fault for each page, and no page is mapped as the file's before it is
 * copied. Linux 5.14; where it is refused, pages come one by one.
 */
void scrt_text_fill(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	if (m->text)
		return;
	lo = scrt_text_start(lo);
	syscall3(__NR_madvise, lo, scrt_text_end(hi) - lo, MADV_POPULATE_WRITE);
}

/* The digits in front of a dot, or of the end. */
static unsigned int text_number(const char **s)
{
	unsigned int n = 0;

	for (; **s >= '0' && **s <= '9' && n < 1000; ++*s)
		n = n * 10 + (unsigned int)(**s - '0');
	if (**s == '.')
		++*s;
	return n;
}

/*
 * To set or remove a uprobe, Linux before 6.16 copies the page and puts the copy in its place:
 * what is stored to the page in between is lost (__replace_page() in kernel/events/uprobes.c).
 * Since "kernel/events/uprobes: uprobe_write_opcode() rewrite" it takes the page from the page table
 * first, so that who stores to it waits. Whatever else moves or copies a page of a running
 * program always did.
 */
bool scrt_kernel_keeps_stores(void)
{
	struct new_utsname name;
	const char *release = name.release;
	unsigned int major;

	if (syscall3(__NR_uname, (long)&name, 0, 0))
		return false;
	major = text_number(&release);
	return major > 6 || (major == 6 && text_number(&release) >= 16);
}

bool scrt_register_sync_core(void)
{
	return syscall3(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0,
			0) == 0;
}

/*
 * Under valgrind this sequence, which does nothing elsewhere, is its client request
 * DISCARD_TRANSLATIONS. It is an interface of valgrind, made to be compiled into
 * programs; see valgrind.h.
 */
#define VALGRIND_DISCARD_TRANSLATIONS 0x1002

void scrt_text_changed(uintptr_t lo, uintptr_t hi)
{
	volatile uintptr_t request[6] = { VALGRIND_DISCARD_TRANSLATIONS, lo, hi - lo, 0, 0, 0 };
	uintptr_t result = 0;

	__asm__ volatile("rolq $3, %%rdi\n\t"
			 "rolq $13, %%rdi\n\t"
			 "rolq $61, %%rdi\n\t"
			 "rolq $51, %%rdi\n\t"
			 "xchgq %%rbx, %%rbx"
			 : "+d"(result)
			 : "a"(request)
			 : "cc", "memory");
}

/*
 * F: each thread of this process executes a serialising instruction before it returns to
 * its code; see membarrier(2). The partners are the stores to sites in x86_64.h.
 * It is also the barrier of B, in register.c.
 */
void scrt_sync_cores(struct scrt_state *s)
{
	struct scrt_port *port = s->port;

	if (!port->sync_core)
		return;
	if (syscall3(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0) == 0)
		return;
	/* A process that was restored from a checkpoint has to register again, maybe with another kernel. */
	s->stays = s->stays && scrt_kernel_keeps_stores();
	if (scrt_register_sync_core() &&
	    syscall3(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0) == 0)
		return;
	port->sync_core = false;
	s->fence = true;
}
