// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An ELF file as it will be in memory, before anything has run.
 *
 * A linked file has its sections at their addresses, with the relocations that
 * the dynamic linker will apply. The sections of a relocatable object are laid
 * out here and its relocations applied, so that the checks need not know the
 * difference. Such a section is put at an address that has the section's own
 * alignment and no more: what is aligned by luck only shows.
 *
 * The file may be truncated or hostile: nothing in it is used unchecked.
 */
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

#define LAYOUT_BASE    0x10000u
#define UNDEFINED_STEP 4096u

static void put(unsigned char *p, uint64_t value, size_t size)
{
	value = htole64(value);
	memcpy(p, &value, size);
}

static bool fail(struct image *image, char *why)
{
	free(image->error);
	image->error = why;
	return false;
}

/* The sections of one file, by index; what the reading functions below share. */
struct reader {
	struct image *image;
	Elf *elf;
	GElf_Ehdr ehdr;
	size_t n_sections;
	size_t strings;           /* index of the section names */
	struct region **by_index; /* NULL where a section is not in memory */
	uint64_t undefined;       /* where the undefined symbols of an object are put */
};

static bool section_header(struct reader *r, size_t index, GElf_Shdr *shdr)
{
	Elf_Scn *scn = index < r->n_sections ? elf_getscn(r->elf, index) : NULL;

	return scn && gelf_getshdr(scn, shdr);
}

static int by_addr(const void *a, const void *b)
{
	const struct region *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return x->size < y->size ? -1 : x->size > y->size;
}

/* The next free address that is a multiple of align, and not of 2 * align. */
static uint64_t lay_out(uint64_t *next, uint64_t align, uint64_t size)
{
	uint64_t addr;

	if (align < 1)
		align = 1;
	addr = (*next + 2 * align - 1) / (2 * align) * (2 * align) + align;
	*next = addr + size + 1;
	return addr;
}

static bool read_region(struct reader *r, size_t index, uint64_t *next, uint64_t *budget)
{
	struct image *image = r->image;
	Elf_Scn *scn = elf_getscn(r->elf, index);
	struct region *region;
	const char *name;
	GElf_Shdr shdr;

	if (!scn || !gelf_getshdr(scn, &shdr))
		return fail(image, format("section %zu: %s", index, elf_errmsg(-1)));
	name = elf_strptr(r->elf, r->strings, shdr.sh_name);
	if (!name)
		return fail(image, format("section %zu has no name", index));
	/* .tbss takes no room in memory: its address is that of what follows. */
	if (!(shdr.sh_flags & SHF_ALLOC) ||
	    ((shdr.sh_flags & SHF_TLS) && shdr.sh_type == SHT_NOBITS) || !shdr.sh_size)
		return true;

	if (image->relocatable) {
		if (shdr.sh_addralign > UINT32_MAX || shdr.sh_size > UINT32_MAX)
			return fail(image, format("section %s: impossible size", name));
		shdr.sh_addr = lay_out(next, shdr.sh_addralign, shdr.sh_size);
	}
	if (shdr.sh_addr + shdr.sh_size < shdr.sh_addr)
		return fail(image, format("section %s: impossible size", name));

	region = append(&image->regions, &image->n_regions, &image->room_regions, sizeof(*region));
	region->addr = shdr.sh_addr;
	region->size = shdr.sh_size;
	region->name = name;
	region->index = index;
	region->offset = shdr.sh_offset;
	region->exec = shdr.sh_flags & SHF_EXECINSTR;
	region->write = shdr.sh_flags & SHF_WRITE;

	if (shdr.sh_type != SHT_NOBITS) {
		Elf_Data *data = elf_rawdata(scn, NULL);

		if (!data || !data->d_buf || data->d_size != shdr.sh_size)
			return fail(image, format("section %s is not wholly in the file", name));
		if (data->d_size > *budget)
			return fail(image, format("section %s overlaps others in the file", name));
		*budget -= data->d_size;
		region->data = xcalloc(1, data->d_size);
		memcpy(region->data, data->d_buf, data->d_size);
	}
	return true;
}

static bool read_regions(struct reader *r, uint64_t file_size)
{
	struct image *image = r->image;
	uint64_t next = LAYOUT_BASE;
	size_t i;

	for (i = 1; i < r->n_sections; i++)
		if (!read_region(r, i, &next, &file_size))
			return false;
	if (image->n_regions)
		qsort(image->regions, image->n_regions, sizeof(*image->regions), by_addr);
	r->by_index = xcalloc(r->n_sections, sizeof(*r->by_index));
	for (i = 0; i < image->n_regions; i++)
		r->by_index[image->regions[i].index] = &image->regions[i];
	r->undefined = (next + 0xfffff) & ~(uint64_t)0xfffff;
	return true;
}

/* The address of a symbol; false if it has none. */
static bool symbol_address(const struct reader *r, const GElf_Sym *sym, size_t index,
			   uint64_t *addr)
{
	if (sym->st_shndx == SHN_UNDEF || sym->st_shndx == SHN_COMMON) {
		*addr = r->undefined + index * UNDEFINED_STEP;
		return r->image->relocatable;
	}
	if (sym->st_shndx >= SHN_LORESERVE && sym->st_shndx != SHN_ABS &&
	    sym->st_shndx != SHN_XINDEX)
		return false;
	if (!r->image->relocatable || sym->st_shndx == SHN_ABS) {
		*addr = sym->st_value;
		return true;
	}
	if (sym->st_shndx == SHN_XINDEX || sym->st_shndx >= r->n_sections ||
	    !r->by_index[sym->st_shndx])
		return false;
	*addr = r->by_index[sym->st_shndx]->addr + sym->st_value;
	return true;
}

/* What the names of the runtime's functions that programs refer to begin with. */
#define RUNTIME_PREFIX "static_call_key_rt_"

static void add_symbol(struct reader *r, const GElf_Sym *sym, size_t index, const char *name,
		       const char *file)
{
	struct image *image = r->image;
	unsigned int type = GELF_ST_TYPE(sym->st_info);
	struct symbol *symbol;
	uint64_t addr;

	/* Any of them: what the program does not call --gc-sections drops. */
	if (sym->st_shndx != SHN_UNDEF && !strncmp(name, RUNTIME_PREFIX, strlen(RUNTIME_PREFIX)))
		image->runtime = RUNTIME_STATIC;
	if (type == STT_SECTION || type == STT_FILE || type == STT_TLS ||
	    !symbol_address(r, sym, index, &addr))
		return;
	if (image->relocatable && !strcmp(name, "__start_" STATIC_CALL_KEY_SITES_SECTION))
		image->sites_start = addr;
	if (image->relocatable && !strcmp(name, "__start_" STATIC_CALL_KEY_DYNAMICS_SECTION))
		image->dynamics_start = addr;
	symbol = append(&image->symbols, &image->n_symbols, &image->room_symbols, sizeof(*symbol));
	symbol->addr = addr;
	symbol->size = sym->st_size;
	symbol->name = name;
	symbol->local = GELF_ST_BIND(sym->st_info) == STB_LOCAL;
	symbol->weak = GELF_ST_BIND(sym->st_info) == STB_WEAK;
	symbol->defined = sym->st_shndx != SHN_UNDEF;
	symbol->file = symbol->local ? file : NULL;
	symbol->function = type == STT_FUNC;
	symbol->rank = (type == STT_FUNC || type == STT_OBJECT) * 2 +
		       (GELF_ST_BIND(sym->st_info) != STB_LOCAL);
}

static int symbols_by_addr(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank - y->rank;
	return strcmp(x->name, y->name);
}

static void read_symbols(struct reader *r, GElf_Word type)
{
	size_t i, s, n;

	for (i = 1; i < r->n_sections; i++) {
		const char *file = NULL;
		Elf_Data *data;
		GElf_Shdr shdr;

		if (!section_header(r, i, &shdr) || shdr.sh_type != type)
			continue;
		data = elf_getdata(elf_getscn(r->elf, i), NULL);
		if (!data || !data->d_buf)
			continue;
		r->image->has_symtab |= type == SHT_SYMTAB;
		n = data->d_size / sizeof(Elf64_Sym);
		for (s = 1; s < n && s < INT32_MAX; s++) {
			const char *name;
			GElf_Sym sym;

			if (!gelf_getsym(data, (int)s, &sym))
				break;
			name = elf_strptr(r->elf, shdr.sh_link, sym.st_name);
			if (GELF_ST_TYPE(sym.st_info) == STT_FILE)
				file = name;
			else if (name && *name)
				add_symbol(r, &sym, s, name, file);
		}
	}
}

/*
 * mov symbol@GOTPCREL(%rip), %reg becomes a lea of the symbol, as linkers do it: an
 * object has no global offset table yet.
 */
static void relax(struct region *region, uint64_t place)
{
	unsigned char *p = region->data + (place - region->addr);

	if (place - region->addr >= 2 && p[-2] == 0x8b && (p[-1] & 0xc7) == 0x05)
		p[-2] = 0x8d;
}

static bool is_got(unsigned int type)
{
	return type == R_X86_64_GOTPCREL || type == R_X86_64_GOTPCRELX ||
	       type == R_X86_64_REX_GOTPCRELX;
}

/* One relocation; sym is NULL where it has none, and name empty where sym has none. */
static void relocate(struct reader *r, const GElf_Rela *rela, uint64_t place, const GElf_Sym *sym,
		     const char *name)
{
	struct image *image = r->image;
	unsigned int type = GELF_R_TYPE(rela->r_info);
	bool wide = type == R_X86_64_64 || type == R_X86_64_RELATIVE || type == R_X86_64_PC64 ||
		    type == R_X86_64_GLOB_DAT;
	bool got = image->relocatable && is_got(type);
	bool pc = got || type == R_X86_64_PC32 || type == R_X86_64_PLT32 || type == R_X86_64_PC64;
	uint64_t size = wide ? 8 : 4, value = 0;
	struct region *region;

	if (!wide && !pc && type != R_X86_64_32 && type != R_X86_64_32S)
		return;
	region = image_region(image, place, size);
	if (!region || !region->data)
		return;
	if (image->relocatable && region->exec)
		*(uint64_t *)append(&image->relocated, &image->n_relocated, &image->room_relocated,
				    sizeof(*image->relocated)) = place;
	if (got)
		relax(region, place);

	if (type != R_X86_64_RELATIVE) {
		if (!sym)
			return;
		if (wide && !pc && (sym->st_shndx == SHN_UNDEF || sym->st_shndx == SHN_COMMON)) {
			struct import *import = append(&image->imports, &image->n_imports,
						       &image->room_imports, sizeof(*import));
			import->place = place;
			import->symbol = name;
			import->addend = rela->r_addend;
		}
		if (!symbol_address(r, sym, GELF_R_SYM(rela->r_info), &value))
			return;
	}
	value += (uint64_t)rela->r_addend;
	if (pc)
		value -= place;
	put(region->data + (place - region->addr), value, size);
}

static void read_relocations(struct reader *r)
{
	struct image *image = r->image;
	size_t i, n, k;

	for (i = 1; i < r->n_sections; i++) {
		GElf_Shdr shdr, symtab = { 0 };
		Elf_Data *data, *symbols = NULL;

		if (!section_header(r, i, &shdr) || shdr.sh_type != SHT_RELA)
			continue;
		/* ld --emit-relocs leaves relocations that were applied. */
		if (!image->relocatable && !(shdr.sh_flags & SHF_ALLOC))
			continue;
		if (image->relocatable &&
		    (shdr.sh_info >= r->n_sections || !r->by_index[shdr.sh_info]))
			continue;
		if (section_header(r, shdr.sh_link, &symtab) &&
		    (symtab.sh_type == SHT_SYMTAB || symtab.sh_type == SHT_DYNSYM))
			symbols = elf_getdata(elf_getscn(r->elf, shdr.sh_link), NULL);
		data = elf_getdata(elf_getscn(r->elf, i), NULL);
		if (!data || !data->d_buf)
			continue;
		n = data->d_size / sizeof(Elf64_Rela);
		for (k = 0; k < n && k < INT32_MAX; k++) {
			const char *name = NULL;
			GElf_Rela rela;
			GElf_Sym sym;
			bool known;
			uint64_t place;

			if (!gelf_getrela(data, (int)k, &rela))
				break;
			place = rela.r_offset;
			if (image->relocatable) {
				if (place > r->by_index[shdr.sh_info]->size)
					continue;
				place += r->by_index[shdr.sh_info]->addr;
			}
			known = symbols && GELF_R_SYM(rela.r_info) &&
				GELF_R_SYM(rela.r_info) < INT32_MAX &&
				gelf_getsym(symbols, (int)GELF_R_SYM(rela.r_info), &sym);
			if (known)
				name = elf_strptr(r->elf, symtab.sh_link, sym.st_name);
			relocate(r, &rela, place, known ? &sym : NULL, name ? name : "");
		}
	}
}

/* "\tfile\tfunction\tvariable": take it apart where it lies. */
static void add_seen(struct image *image, char *text)
{
	char *function = strchr(text + 1, '\t');
	char *variable = function ? strchr(function + 1, '\t') : NULL;
	struct seen *seen;

	if (*text != '\t' || !variable)
		return;
	*function = *variable = 0;
	seen = append(&image->seen, &image->n_seen, &image->room_seen, sizeof(*seen));
	seen->file = text + 1;
	seen->function = function + 1;
	seen->variable = variable + 1;
}

static void read_seen(struct reader *r)
{
	struct image *image = r->image;
	size_t i, at, next;

	for (i = 1; i < r->n_sections && !image->seen_text; i++) {
		Elf_Data *data;
		const char *name;
		GElf_Shdr shdr;

		if (!section_header(r, i, &shdr) || shdr.sh_type == SHT_NOBITS)
			continue;
		name = elf_strptr(r->elf, r->strings, shdr.sh_name);
		if (!name || strcmp(name, STATIC_CALL_KEY_SEEN_SECTION))
			continue;
		data = elf_rawdata(elf_getscn(r->elf, i), NULL);
		if (!data || !data->d_buf || !data->d_size)
			continue;
		image->seen_text = xcalloc(1, data->d_size + 1);
		memcpy(image->seen_text, data->d_buf, data->d_size);
		for (at = 0; at < data->d_size; at = next) {
			next = at + strlen(image->seen_text + at) + 1;
			add_seen(image, image->seen_text + at);
		}
	}
}

/* A library that has the runtime; whether the file is a program. */
static void read_dynamic(struct reader *r)
{
	struct image *image = r->image;
	size_t i, k, n;

	image->executable = r->ehdr.e_type == ET_EXEC;
	image->fixed = r->ehdr.e_type == ET_EXEC;
	if (!elf_getphdrnum(r->elf, &n))
		for (i = 0; i < n && i < INT32_MAX; i++) {
			GElf_Phdr phdr;

			if (gelf_getphdr(r->elf, (int)i, &phdr) && phdr.p_type == PT_INTERP)
				image->executable = true;
		}
	for (i = 1; i < r->n_sections; i++) {
		Elf_Data *data;
		GElf_Shdr shdr;
		GElf_Dyn dyn;

		if (!section_header(r, i, &shdr) || shdr.sh_type != SHT_DYNAMIC)
			continue;
		data = elf_getdata(elf_getscn(r->elf, i), NULL);
		if (!data || !data->d_buf)
			continue;
		n = data->d_size / sizeof(Elf64_Dyn);
		for (k = 0; k < n && k < INT32_MAX && gelf_getdyn(data, (int)k, &dyn); k++) {
			const char *name;

			if (dyn.d_tag == DT_FLAGS_1 && (dyn.d_un.d_val & DF_1_PIE))
				image->executable = true;
			if (dyn.d_tag != DT_NEEDED || image->runtime != RUNTIME_NONE)
				continue;
			name = elf_strptr(r->elf, shdr.sh_link, dyn.d_un.d_val);
			if (name && !strncmp(name, "libstatic_call.so", 17))
				image->runtime = RUNTIME_SHARED;
		}
	}
}

/* Where the first section of this name is; 0: there is none. */
static uint64_t first_section(const struct image *image, const char *name)
{
	size_t i;

	for (i = 0; i < image->n_regions; i++)
		if (!strcmp(image->regions[i].name, name))
			return image->regions[i].addr;
	return 0;
}

bool image_read(struct image *image, Elf *elf, uint64_t file_size)
{
	struct reader r = { .image = image, .elf = elf };

	if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &r.ehdr))
		return fail(image, format("not an ELF file"));
	if (gelf_getclass(elf) != ELFCLASS64 || r.ehdr.e_machine != EM_X86_64 ||
	    r.ehdr.e_ident[EI_DATA] != ELFDATA2LSB)
		return fail(image, format("not an x86-64 ELF file"));
	if (r.ehdr.e_type != ET_REL && r.ehdr.e_type != ET_EXEC && r.ehdr.e_type != ET_DYN)
		return fail(image, format("not an executable, shared object or object file"));
	if (elf_getshdrnum(elf, &r.n_sections) || elf_getshdrstrndx(elf, &r.strings))
		return fail(image, format("no section headers: %s", elf_errmsg(-1)));
	if (!r.n_sections)
		return fail(image, format("no section headers: the tables cannot be found"));

	image->relocatable = r.ehdr.e_type == ET_REL;
	if (!read_regions(&r, file_size)) {
		free(r.by_index);
		return false;
	}
	read_symbols(&r, SHT_SYMTAB);
	if (!image->has_symtab)
		read_symbols(&r, SHT_DYNSYM);
	if (image->n_symbols)
		qsort(image->symbols, image->n_symbols, sizeof(*image->symbols), symbols_by_addr);
	read_relocations(&r);
	read_seen(&r);
	image_sort(image);
	if (!image->relocatable) {
		read_dynamic(&r);
		image->sites_start = first_section(image, STATIC_CALL_KEY_SITES_SECTION);
		image->dynamics_start = first_section(image, STATIC_CALL_KEY_DYNAMICS_SECTION);
	}
	free(r.by_index);
	return true;
}
