// SPDX-License-Identifier: MIT
/*
 * files.c - which files the program is made of, and names for them that last: the same file
 * has the same name in the next process, and another version of it another one, if the linker
 * has given it a build id.
 */
#include <linux/elf.h>

#include "files.h"
#include "linux-user.h"
#include "proc.h"

#define FILES_MAX   512
#define FILES_BUILD 8 /* bytes of the build id that are used */

static size_t file_copy_name(char *to, size_t max, const char *path)
{
	const char *last = path;
	size_t n = 0;

	for (; *path; path++)
		if (*path == '/')
			last = path + 1;
	for (; last[n] && n < max; n++)
		to[n] = last[n] == ' ' || last[n] == '\n' || last[n] == '@' ? '_' : last[n];
	to[n] = '\0';
	return n;
}

/* The build id in these notes, four-byte aligned as they are; or NULL. */
static const uint8_t *file_build_id(const uint8_t *note, size_t size)
{
	const Elf64_Nhdr *head;
	size_t bytes;

	for (; size >= sizeof(*head) + 4; note += bytes, size -= bytes) {
		head = (const Elf64_Nhdr *)note;
		bytes = sizeof(*head) + ((head->n_namesz + 3ul) & ~3ul) +
			((head->n_descsz + 3ul) & ~3ul);
		if (bytes > size)
			break;
		if (head->n_type == 3 && head->n_namesz == 4 && head->n_descsz >= FILES_BUILD &&
		    note[sizeof(*head)] == 'G' && note[sizeof(*head) + 1] == 'N')
			return note + sizeof(*head) + 4;
	}
	return NULL;
}

/* The same of the file whose first size bytes are in memory here. */
static const uint8_t *file_find_build_id(uintptr_t base, size_t size)
{
	const Elf64_Ehdr *head = (const Elf64_Ehdr *)base;
	const Elf64_Phdr *p = (const Elf64_Phdr *)(base + head->e_phoff);
	const uint8_t *id = NULL;
	unsigned int i;

	if (size < sizeof(*head) || head->e_ident[0] != 0x7f || head->e_ident[1] != 'E' ||
	    head->e_ident[4] != ELFCLASS64 || head->e_phentsize != sizeof(*p) ||
	    head->e_phoff > size || head->e_phnum > (size - head->e_phoff) / sizeof(*p))
		return NULL;
	for (i = 0; i < head->e_phnum && !id; i++)
		if (p[i].p_type == PT_NOTE && p[i].p_offset <= size &&
		    p[i].p_filesz <= size - p[i].p_offset)
			id = file_build_id((const uint8_t *)base + p[i].p_offset, p[i].p_filesz);
	return id;
}

static void file_name(struct scrt_file *f, const struct scrt_mapping *mapping)
{
	size_t max = sizeof(f->name) - 2 * FILES_BUILD - 2, n, i;
	const uint8_t *id = NULL;

	n = file_copy_name(f->name, max, mapping->name);
	if (mapping->readable)
		id = file_find_build_id(mapping->lo, mapping->hi - mapping->lo);
	if (!id)
		return;
	f->name[n++] = '@';
	for (i = 0; i < FILES_BUILD; i++) {
		f->name[n++] = "0123456789abcdef"[id[i] >> 4];
		f->name[n++] = "0123456789abcdef"[id[i] & 15];
	}
	f->name[n] = '\0';
}

/* Files are mapped from their start, at their lowest address, and one part behind the other. */
static void files_add(struct scrt_files *files, const struct scrt_mapping *mapping)
{
	struct scrt_file *f = files->n ? &files->file[files->n - 1] : NULL;

	if (!mapping->inode)
		return;
	if (mapping->offset && f && f->inode == mapping->inode && f->device == mapping->device) {
		f->hi = mapping->hi;
		return;
	}
	if (mapping->offset || files->n == FILES_MAX)
		return;
	f = &files->file[files->n++];
	f->lo = mapping->lo;
	f->hi = mapping->hi;
	f->device = mapping->device;
	f->inode = mapping->inode;
	file_name(f, mapping);
}

struct scrt_files *scrt_files_read(void)
{
	size_t bytes = sizeof(struct scrt_files) + FILES_MAX * sizeof(struct scrt_file);
	struct scrt_files *files = scrt_alloc(bytes);
	struct scrt_mapping mapping;
	struct scrt_maps maps;

	if (!files)
		return NULL;
	files->bytes = bytes;
	if (!scrt_maps_open(&maps)) {
		scrt_free(files, bytes);
		return NULL;
	}
	while (scrt_maps_next(&maps, &mapping))
		files_add(files, &mapping);
	scrt_maps_close(&maps);
	return files;
}

const struct scrt_file *scrt_files_at(const struct scrt_files *files, uintptr_t address)
{
	size_t i;

	for (i = 0; i < files->n; i++)
		if (address >= files->file[i].lo && address < files->file[i].hi)
			return &files->file[i];
	return NULL;
}

const struct scrt_file *scrt_files_named(const struct scrt_files *files, const char *name)
{
	size_t i, k;

	for (i = 0; i < files->n; i++) {
		for (k = 0; name[k] && name[k] == files->file[i].name[k]; k++)
			;
		if (!name[k] && !files->file[i].name[k])
			return &files->file[i];
	}
	return NULL;
}
