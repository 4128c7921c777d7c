// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the dynamic linker, or the start-up code of a static program, fills in when the file is
 * loaded: relocations, as the sections have them and as the dynamic section names them, which
 * should be the same; and what it lets other modules see.
 */
#include <stdlib.h>
#include <string.h>

#include "prelink.h"

#ifndef SHT_RELR
#define SHT_RELR 19
#endif
#ifndef DT_RELR
#define DT_RELRSZ 35
#define DT_RELR   36
#endif

/* Relocations in forms of which this file knows nothing. */
#define SHT_ANDROID_REL  0x60000001u
#define SHT_ANDROID_RELA 0x60000002u
#define SHT_ANDROID_RELR 0x6fffff00u
#define SHT_CREL         0x40000014u
#define DT_ANDROID_REL   0x6000000f
#define DT_ANDROID_RELSZ 0x60000012
#define DT_CREL          0x40000026

#define WORD             8

static bool fail(struct prelink *p, char *why)
{
	free(p->error);
	p->error = why;
	return false;
}

static void add(struct prelink *p, uint64_t place, uint64_t size, bool relative, const char *symbol)
{
	struct reloc *r = append(&p->relocs, &p->n_relocs, &p->room_relocs, sizeof(*r));

	*r = (struct reloc){ place, size, relative, symbol ? symbol : "" };
	if (size > p->longest)
		p->longest = size;
}

/* sym: what the entry names, or NULL. */
static void add_rela(struct prelink *p, uint64_t place, unsigned int type, const GElf_Sym *sym,
		     const char *name)
{
	switch (type) {
	case R_X86_64_NONE:
		break;
	case R_X86_64_RELATIVE:
		add(p, place, WORD, true, NULL);
		break;
	case R_X86_64_COPY:
		/* As long as the variable is, in the file that has it. */
		add(p, place, sym && sym->st_size > WORD ? sym->st_size : WORD, false, name);
		break;
	default:
		/* None is longer than the two words of a TLS descriptor. */
		add(p, place, 2 * WORD, false, name);
		if (type == R_X86_64_64 || type == R_X86_64_GLOB_DAT ||
		    type == R_X86_64_JUMP_SLOT || type == R_X86_64_IRELATIVE)
			p->relocs[p->n_relocs - 1].size = WORD;
	}
}

static void add_relas(struct prelink *p, const unsigned char *data, uint64_t size,
		      Elf_Data *symbols, size_t strings)
{
	uint64_t i;

	for (i = 0; i + sizeof(Elf64_Rela) <= size; i += sizeof(Elf64_Rela)) {
		uint64_t place = get64(data + i), info = get64(data + i + 8);
		const char *name = NULL;
		bool known;
		GElf_Sym sym;

		known = symbols && GELF_R_SYM(info) && GELF_R_SYM(info) < INT32_MAX &&
			gelf_getsym(symbols, (int)GELF_R_SYM(info), &sym);
		if (known)
			name = elf_strptr(p->elf, strings, sym.st_name);
		add_rela(p, place, GELF_R_TYPE(info), known ? &sym : NULL, name);
	}
}

/* An even word is a place; an odd one tells of the 63 words behind the last one. */
static void add_relrs(struct prelink *p, const unsigned char *data, uint64_t size)
{
	uint64_t i, bits, place = 0, at;

	for (i = 0; i + WORD <= size; i += WORD) {
		bits = get64(data + i);
		if (!(bits & 1)) {
			add(p, bits, WORD, true, NULL);
			place = bits + WORD;
			continue;
		}
		for (at = place; bits >>= 1; at += WORD)
			if (bits & 1)
				add(p, at, WORD, true, NULL);
		place += 63 * WORD;
	}
}

static bool read_section(struct prelink *p, Elf_Scn *scn, const GElf_Shdr *shdr)
{
	Elf_Scn *link = elf_getscn(p->elf, shdr->sh_link);
	Elf_Data *data, *symbols = NULL;
	GElf_Shdr symtab;

	if (!(shdr->sh_flags & SHF_ALLOC))
		return true;
	switch (shdr->sh_type) {
	case SHT_RELA:
	case SHT_RELR:
		break;
	case SHT_REL:
	case SHT_ANDROID_REL:
	case SHT_ANDROID_RELA:
	case SHT_ANDROID_RELR:
	case SHT_CREL:
		return fail(p, format("relocations of an unknown kind"));
	default:
		return true;
	}
	data = elf_rawdata(scn, NULL);
	if (!data || !data->d_buf)
		return true;
	if (shdr->sh_type == SHT_RELR) {
		add_relrs(p, data->d_buf, data->d_size);
		return true;
	}
	if (shdr->sh_link && link && gelf_getshdr(link, &symtab) &&
	    (symtab.sh_type == SHT_DYNSYM || symtab.sh_type == SHT_SYMTAB))
		symbols = elf_getdata(link, NULL);
	add_relas(p, data->d_buf, data->d_size, symbols, symbols ? symtab.sh_link : 0);
	return true;
}

/* A table that the dynamic section names; false if the file does not have it. */
static bool read_table(struct prelink *p, uint64_t addr, uint64_t size, bool relr)
{
	const unsigned char *data = image_bytes(&p->image, addr, size);

	if (!addr || !size)
		return true;
	if (!data)
		return fail(p, format("relocations that are in no section"));
	if (relr)
		add_relrs(p, data, size);
	else
		add_relas(p, data, size, NULL, 0);
	return true;
}

static bool read_dynamic(struct prelink *p, const GElf_Phdr *phdr)
{
	uint64_t rela = 0, relasz = 0, jmprel = 0, pltrelsz = 0, relr = 0, relrsz = 0, i;
	const unsigned char *data = image_bytes(&p->image, phdr->p_vaddr, phdr->p_filesz);

	if (!data)
		return fail(p, format("the dynamic section is in no section"));
	for (i = 0; i + 16 <= phdr->p_filesz && get64(data + i) != DT_NULL; i += 16) {
		uint64_t tag = get64(data + i), value = get64(data + i + 8);

		rela = tag == DT_RELA ? value : rela;
		relasz = tag == DT_RELASZ ? value : relasz;
		jmprel = tag == DT_JMPREL ? value : jmprel;
		pltrelsz = tag == DT_PLTRELSZ ? value : pltrelsz;
		relr = tag == DT_RELR ? value : relr;
		relrsz = tag == DT_RELRSZ ? value : relrsz;
		if (tag == DT_REL || tag == DT_CREL ||
		    (tag >= DT_ANDROID_REL && tag <= DT_ANDROID_RELSZ))
			return fail(p, format("relocations of an unknown kind"));
	}
	return read_table(p, rela, relasz, false) && read_table(p, jmprel, pltrelsz, false) &&
	       read_table(p, relr, relrsz, true);
}

static int by_place(const void *a, const void *b)
{
	const struct reloc *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	/* Both tables have it: first the one that knows its symbol. */
	return !*x->symbol - !*y->symbol;
}

/* Of symbols that others can see only those that they can bind to. */
static void read_exports(struct prelink *p, Elf_Scn *scn)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t i, n = data && data->d_buf ? data->d_size / sizeof(Elf64_Sym) : 0;
	GElf_Sym sym;

	for (i = 1; i < n && i < INT32_MAX && gelf_getsym(data, (int)i, &sym); i++) {
		unsigned int type = GELF_ST_TYPE(sym.st_info);
		unsigned int visibility = GELF_ST_VISIBILITY(sym.st_other);
		struct export *e;

		if (sym.st_shndx == SHN_UNDEF || GELF_ST_BIND(sym.st_info) == STB_LOCAL ||
		    (type != STT_OBJECT && type != STT_NOTYPE && type != STT_COMMON) ||
		    visibility == STV_HIDDEN || visibility == STV_INTERNAL)
			continue;
		e = append(&p->exports, &p->n_exports, &p->room_exports, sizeof(*e));
		*e = (struct export){ sym.st_value, sym.st_size };
	}
}

bool relocs_read(struct prelink *p)
{
	Elf_Scn *scn = NULL;
	size_t i, n;

	while ((scn = elf_nextscn(p->elf, scn))) {
		GElf_Shdr shdr;

		if (!gelf_getshdr(scn, &shdr))
			return fail(p, format("%s", elf_errmsg(-1)));
		if (!read_section(p, scn, &shdr))
			return false;
		if (shdr.sh_type == SHT_DYNSYM)
			read_exports(p, scn);
	}
	if (elf_getphdrnum(p->elf, &n))
		return fail(p, format("%s", elf_errmsg(-1)));
	for (i = 0; i < n && i < INT32_MAX; i++) {
		GElf_Phdr phdr;

		if (gelf_getphdr(p->elf, (int)i, &phdr) && phdr.p_type == PT_DYNAMIC &&
		    !read_dynamic(p, &phdr))
			return false;
	}
	if (p->n_relocs)
		qsort(p->relocs, p->n_relocs, sizeof(*p->relocs), by_place);
	return true;
}

const struct reloc *relocs_find(const struct prelink *p, uint64_t addr, uint64_t size)
{
	uint64_t from = addr > p->longest ? addr - p->longest : 0;
	size_t low = 0, high = p->n_relocs;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->relocs[middle].place < from)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < p->n_relocs && p->relocs[low].place < addr + size; low++)
		if (p->relocs[low].place + p->relocs[low].size > addr)
			return &p->relocs[low];
	return NULL;
}

bool exports_find(const struct prelink *p, uint64_t addr)
{
	size_t i;

	for (i = 0; i < p->n_exports; i++)
		if (addr >= p->exports[i].addr &&
		    addr - p->exports[i].addr < (p->exports[i].size ? p->exports[i].size : WORD))
			return true;
	return false;
}
