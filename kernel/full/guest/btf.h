/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel tells of the types of its functions, and of those of a module: /sys/kernel/btf.
 */
#ifndef BTF_H
#define BTF_H

#include <linux/btf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct btf {
	const struct btf_type **type; /* by number; 0 is void */
	const char **name;
	unsigned int types;
	const char *base;       /* the names of vmlinux, */
	unsigned int base_size; /* which those of a module follow */
};

/* The size of an argument or of a result; 0: there is none, or it is something else. */
struct btf_function {
	unsigned int id, arguments, argument_size, result_size;
	int argument_is_pointer;
};

static void *btf_read(const char *name, size_t *size)
{
	char path[128];
	void *data = NULL;
	size_t room = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/sys/kernel/btf/%s", name);
	file = fopen(path, "r");
	*size = 0;
	while (file && *size == room) {
		room += 1 << 20;
		data = realloc(data, room);
		*size += fread((char *)data + *size, 1, room - *size, file);
	}
	if (!file)
		perror(path);
	else
		fclose(file);
	return data;
}

/* What follows a type, by its kind. */
static size_t btf_more(const struct btf_type *type)
{
	static const struct {
		unsigned char once, each;
	} more[NR_BTF_KINDS] = {
		[BTF_KIND_INT] = { 4, 0 },
		[BTF_KIND_ARRAY] = { sizeof(struct btf_array), 0 },
		[BTF_KIND_STRUCT] = { 0, sizeof(struct btf_member) },
		[BTF_KIND_UNION] = { 0, sizeof(struct btf_member) },
		[BTF_KIND_ENUM] = { 0, sizeof(struct btf_enum) },
		[BTF_KIND_FUNC_PROTO] = { 0, sizeof(struct btf_param) },
		[BTF_KIND_VAR] = { sizeof(struct btf_var), 0 },
		[BTF_KIND_DATASEC] = { 0, sizeof(struct btf_var_secinfo) },
		[BTF_KIND_DECL_TAG] = { sizeof(struct btf_decl_tag), 0 },
		[BTF_KIND_ENUM64] = { 0, sizeof(struct btf_enum64) },
	};
	unsigned int kind = BTF_INFO_KIND(type->info);

	if (kind >= NR_BTF_KINDS) {
		fprintf(stderr, "btf: a type of kind %u\n", kind);
		exit(1);
	}
	return more[kind].once + more[kind].each * BTF_INFO_VLEN(type->info);
}

/* The numbers of a module's types go on where those of vmlinux end, and so do the places of names. */
static int btf_add(struct btf *btf, const char *object)
{
	const struct btf_header *header;
	const char *data, *at, *end, *strings;
	size_t size;

	data = btf_read(object, &size);
	if (!data)
		return -1;
	header = (const struct btf_header *)data;
	if (size < sizeof(*header) || header->magic != BTF_MAGIC) {
		fprintf(stderr, "btf: %s has none\n", object);
		return -1;
	}
	strings = data + header->hdr_len + header->str_off;
	at = data + header->hdr_len + header->type_off;
	for (end = at + header->type_len; at < end;) {
		const struct btf_type *type = (const struct btf_type *)at;
		unsigned int n = btf->types++;

		btf->type = realloc(btf->type, btf->types * sizeof(*btf->type));
		btf->name = realloc(btf->name, btf->types * sizeof(*btf->name));
		btf->type[n] = type;
		btf->name[n] = type->name_off < btf->base_size
				       ? btf->base + type->name_off
				       : strings + type->name_off - btf->base_size;
		at += sizeof(*type) + btf_more(type);
	}
	if (!btf->base) {
		btf->base = strings;
		btf->base_size = header->str_len;
	}
	return 0;
}

/* NULL: only those of vmlinux. */
static int btf_open(struct btf *btf, const char *module)
{
	static const struct btf_type nothing;

	*btf = (struct btf){ .types = 1 };
	btf->type = malloc(sizeof(*btf->type));
	btf->name = malloc(sizeof(*btf->name));
	btf->type[0] = &nothing;
	btf->name[0] = "";
	return btf_add(btf, "vmlinux") || (module && btf_add(btf, module)) ? -1 : 0;
}

/* Without its name and its qualifiers. */
static const struct btf_type *btf_bare(const struct btf *btf, unsigned int id)
{
	for (;;) {
		const struct btf_type *type = btf->type[id < btf->types ? id : 0];

		switch (BTF_INFO_KIND(type->info)) {
		case BTF_KIND_TYPEDEF:
		case BTF_KIND_VOLATILE:
		case BTF_KIND_CONST:
		case BTF_KIND_RESTRICT:
		case BTF_KIND_TYPE_TAG:
			id = type->type;
			break;
		default:
			return type;
		}
	}
}

static unsigned int btf_scalar_size(const struct btf_type *type)
{
	switch (BTF_INFO_KIND(type->info)) {
	case BTF_KIND_PTR:
		return 8;
	case BTF_KIND_INT:
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		return type->size;
	default:
		return 0;
	}
}

static int btf_function(const struct btf *btf, const char *name, struct btf_function *function)
{
	const struct btf_type *prototype, *argument;
	const struct btf_param *params;
	unsigned int i;

	for (i = btf->types; i-- > 1;)
		if (BTF_INFO_KIND(btf->type[i]->info) == BTF_KIND_FUNC &&
		    !strcmp(btf->name[i], name))
			break;
	if (!i) {
		fprintf(stderr, "btf: there is no function %s\n", name);
		return -1;
	}
	prototype = btf_bare(btf, btf->type[i]->type);
	params = (const struct btf_param *)(prototype + 1);
	memset(function, 0, sizeof(*function));
	function->id = i;
	function->arguments = BTF_INFO_VLEN(prototype->info);
	if (function->arguments) {
		argument = btf_bare(btf, params[0].type);
		function->argument_size = btf_scalar_size(argument);
		function->argument_is_pointer = BTF_INFO_KIND(argument->info) == BTF_KIND_PTR;
	}
	function->result_size = btf_scalar_size(btf_bare(btf, prototype->type));
	return 0;
}

#endif
