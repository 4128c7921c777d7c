// SPDX-License-Identifier: GPL-2.0-or-later
/* The files that a process has mapped: where, and what the checker's readers say of them. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "live.h"
#include "static_call_abi.h"

#define MODULE(field) offsetof(struct static_call_key_module, field)
#define RECORD(field) offsetof(struct static_call_key_record, field)

/* How far the file was moved when this part of it was mapped; false if it is no such part. */
static bool module_bias(Elf *elf, const struct mapping *m, uint64_t *bias)
{
	size_t i, n;

	if (elf_getphdrnum(elf, &n))
		return false;
	for (i = 0; i < n && i < INT32_MAX; i++) {
		GElf_Phdr phdr;
		uint64_t page;

		if (!gelf_getphdr(elf, (int)i, &phdr) || phdr.p_type != PT_LOAD ||
		    !(phdr.p_flags & PF_X))
			continue;
		page = phdr.p_offset & ~(uint64_t)4095;
		if (m->offset < page || m->offset >= phdr.p_offset + phdr.p_filesz)
			continue;
		*bias = m->lo - (phdr.p_vaddr - phdr.p_offset + m->offset);
		return true;
	}
	return false;
}

static bool has_tables(const struct image *image)
{
	size_t i;

	for (i = 0; i < image->n_regions; i++)
		if (!strcmp(image->regions[i].name, STATIC_CALL_KEY_RECORDS_SECTION) ||
		    !strcmp(image->regions[i].name, STATIC_CALL_KEY_DYNAMICS_SECTION))
			return true;
	return false;
}

/* The descriptor, and the keys' addresses, are in memory as the loader has relocated them. */
static void module_live(struct live *live, struct module *m)
{
	unsigned char desc[STATIC_CALL_KEY_MODULE_SIZE], record[STATIC_CALL_KEY_RECORD_SIZE];
	uint64_t addr;
	size_t i;

	if (!find_module(&m->image, &m->tables, &addr)) {
		m->unread = format("no module descriptor names its tables");
		return;
	}
	if (!process_read(&live->process, addr + m->bias, desc, sizeof(desc)) ||
	    get16(desc) != STATIC_CALL_KEY_ABI_VERSION ||
	    (m->image.sites_start &&
	     get64(desc + MODULE(sites_start)) != m->image.sites_start + m->bias)) {
		m->unread = format("the file is not what is in memory");
		return;
	}
	m->registered = get64(desc + MODULE(runtime)) &&
			!(get32(desc + MODULE(flags)) & STATIC_CALL_KEY_MODULE_GONE);
	m->learns = get64(desc + MODULE(learn));
	m->keys = xcalloc(m->tables.n_records, sizeof(*m->keys));
	for (i = 0; i < m->tables.n_records; i++)
		if (m->tables.records[i].usable &&
		    process_read(&live->process, m->tables.records[i].addr + m->bias, record,
				 sizeof(record)))
			m->keys[i] = get64(record + RECORD(key));
}

static int module_file(const struct live *live, const struct mapping *map)
{
	const struct process *p = &live->process;
	int fd = process_file(p, map);

	/* Of a core, the first file is the program's own. */
	if (fd < 0 && p->binary && !strcmp(map->name, p->maps[0].name))
		fd = open(p->binary, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	return fd;
}

static bool known(const struct live *live, const struct mapping *map, bool unread, uint64_t bias)
{
	size_t i;

	for (i = 0; i < live->n_modules; i++)
		if (!strcmp(live->modules[i].name, map->name) &&
		    (unread ? live->modules[i].fd < 0 : live->modules[i].bias == bias))
			return true;
	return false;
}

static void module_add(struct live *live, const struct mapping *map)
{
	int fd = module_file(live, map);
	Elf *elf = fd >= 0 ? elf_begin(fd, ELF_C_READ, NULL) : NULL;
	uint64_t bias = 0;
	struct module *m;
	struct stat st;

	if (fd >= 0 && (!elf || elf_kind(elf) != ELF_K_ELF || !module_bias(elf, map, &bias) ||
			fstat(fd, &st) || known(live, map, false, bias))) {
		elf_end(elf);
		close(fd);
		return;
	}
	if (fd < 0 && known(live, map, true, 0))
		return;
	m = append(&live->modules, &live->n_modules, &live->room_modules, sizeof(*m));
	m->name = map->name;
	m->fd = fd;
	m->elf = elf;
	m->bias = bias;
	if (fd < 0) {
		m->unread = format("the file cannot be read, or is another one now");
		return;
	}
	if (!image_read(&m->image, elf, (uint64_t)st.st_size)) {
		m->unread = format("%s", m->image.error);
		return;
	}
	m->keyed = has_tables(&m->image);
	if (m->keyed) {
		tables_check(&m->tables, &m->image, false);
		module_live(live, m);
	}
}

void live_modules(struct live *live)
{
	const struct process *p = &live->process;
	size_t i;

	for (i = 0; i < p->n_maps; i++)
		if (p->maps[i].exec && p->maps[i].name[0] == '/')
			module_add(live, &p->maps[i]);
}

const struct module *live_module_at(const struct live *live, uint64_t addr)
{
	size_t i;

	for (i = 0; i < live->n_modules; i++)
		if (image_region(&live->modules[i].image, addr - live->modules[i].bias, 1))
			return &live->modules[i];
	return NULL;
}

char *live_where(const struct live *live, uint64_t addr)
{
	const struct module *m = live_module_at(live, addr);
	char *where, *text;

	if (!addr)
		return format("NULL");
	if (!m)
		return format("0x%llx", (unsigned long long)addr);
	where = image_where(&m->image, addr - m->bias);
	text = format("%s", where);
	free(where);
	return text;
}
