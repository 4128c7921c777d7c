// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A core file: its segments are memory, and its note NT_FILE says which files were mapped.
 * Text that nobody wrote to is not in it, but in those.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live.h"

#define WORD 8

/* count, page size; start, end, page of the file, for each; then their names. */
static bool core_files(struct process *p, const unsigned char *note, uint64_t size)
{
	const unsigned char *end = note + size, *name;
	uint64_t n, page, i;

	if (size < 2 * WORD)
		return false;
	n = get64(note);
	page = get64(note + WORD);
	if (n > (size - 2 * WORD) / (3 * WORD))
		return false;
	name = note + 2 * WORD + n * 3 * WORD;
	for (i = 0; i < n; i++) {
		const unsigned char *entry = note + 2 * WORD + i * 3 * WORD;
		const unsigned char *zero = memchr(name, 0, (size_t)(end - name));
		struct mapping *m;

		if (!zero)
			return false;
		m = append(&p->maps, &p->n_maps, &p->room_maps, sizeof(*m));
		m->lo = get64(entry);
		m->hi = get64(entry + WORD);
		m->offset = get64(entry + 2 * WORD) * page;
		m->exec = true; /* not told: any may be */
		m->name = format("%s", (const char *)name);
		name = zero + 1;
	}
	return true;
}

static void core_notes(struct process *p, Elf *elf, const GElf_Phdr *phdr)
{
	Elf_Data *data =
		elf_getdata_rawchunk(elf, (int64_t)phdr->p_offset, phdr->p_filesz, ELF_T_NHDR);
	size_t at = 0, name, desc, next;
	GElf_Nhdr nhdr;

	while (data && at < data->d_size &&
	       (next = gelf_getnote(data, at, &nhdr, &name, &desc)) > 0) {
		if (nhdr.n_type == NT_FILE && !p->n_maps)
			core_files(p, (const unsigned char *)data->d_buf + desc, nhdr.n_descsz);
		at = next;
	}
}

static bool core_read(const struct process *p, uint64_t addr, void *to, size_t size)
{
	size_t i;

	for (i = 0; i < p->n_segments; i++) {
		const struct segment *s = &p->segments[i];

		if (addr - s->addr < s->size && size <= s->size - (addr - s->addr))
			return pread(p->mem, to, size, (off_t)(s->offset + (addr - s->addr))) ==
			       (ssize_t)size;
	}
	for (i = 0; i < p->n_maps; i++) {
		const struct mapping *m = &p->maps[i];
		bool good;
		int fd;

		if (addr - m->lo >= m->hi - m->lo || size > m->hi - addr)
			continue;
		fd = process_file(p, m);
		good = fd >= 0 &&
		       pread(fd, to, size, (off_t)(m->offset + (addr - m->lo))) == (ssize_t)size;
		if (fd >= 0)
			close(fd);
		return good;
	}
	return false;
}

bool core_open(struct process *p, const char *file, const char *binary)
{
	GElf_Ehdr ehdr;
	size_t i, n = 0;
	Elf *elf;

	p->binary = (char *)binary;
	p->read = core_read;
	p->mem = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (p->mem < 0)
		return process_fail(p, format("%s", strerror(errno)));
	elf = elf_begin(p->mem, ELF_C_READ, NULL);
	if (!elf || elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &ehdr) ||
	    ehdr.e_type != ET_CORE || ehdr.e_machine != EM_X86_64 ||
	    ehdr.e_ident[EI_CLASS] != ELFCLASS64 || elf_getphdrnum(elf, &n)) {
		elf_end(elf);
		return process_fail(p, format("not a core file of an x86-64 program"));
	}
	for (i = 0; i < n && i < INT32_MAX; i++) {
		struct segment *segment;
		GElf_Phdr phdr;

		if (!gelf_getphdr(elf, (int)i, &phdr))
			break;
		if (phdr.p_type == PT_NOTE)
			core_notes(p, elf, &phdr);
		if (phdr.p_type != PT_LOAD || !phdr.p_filesz)
			continue;
		segment = append(&p->segments, &p->n_segments, &p->room_segments, sizeof(*segment));
		segment->addr = phdr.p_vaddr;
		segment->size = phdr.p_filesz;
		segment->offset = phdr.p_offset;
	}
	elf_end(elf);
	if (!p->n_maps)
		return process_fail(p, format("the core does not say which files were mapped"));
	return true;
}
