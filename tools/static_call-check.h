/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * static_call-check reads an ELF file into an image of the memory that the file will be,
 * follows the tables in that image, looks for calls that the tables miss and for code that
 * uses a key without its tag, and prints what it found. Each file calls only files that
 * stand below it here:
 *
 *	static_call-check.c	the command: options, files, archives
 *	live-*.c		programs that run, and cores; see live.h
 *	check-print.c		what is printed of a file
 *	check-elf.c		an ELF file becomes an image
 *	check-tables.c		the tables against the code
 *	check-seen.c		functions that use a key and have not seen its tag
 *	check-report.c		the same, from the plugin's reports
 *	check-common.c		keys that several files of one command share
 *	check-places.c		where the code of a file finds keys
 *	check-names.c		symbols and imports by name
 *	check-guards.c		the table of guards
 *	check-prelinked.c	what static_call-prelink has written
 *	check-bodies.c		the table of bodies
 *	check-dynamic.c		the table of dynamic calls
 *	check-elements.c	what a table is made of
 *	check-forms.c		what sites and guards hold, as linked and prelinked
 *	check-lost.c		calls of trampolines that are in no table
 *	check-trampoline.c	what the code of a trampoline reads, and where it goes
 *	check-access.c		what an instruction does to memory
 *	check-clobbers.c	names of the registers that a set leaves alone
 *	problem.c		the list of what is wrong
 *	check-image.c		the image, arrays and strings
 */
#ifndef STATIC_CALL_CHECK_H
#define STATIC_CALL_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <gelf.h>

/* Growing array: append() leaves room for one more element and returns it. */
void *append(void *array, size_t *n, size_t *room, size_t size);
void *xcalloc(size_t n, size_t size);
char *format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A section that occupies memory when the program runs. */
struct region {
	uint64_t addr;
	uint64_t size;
	uint64_t offset;     /* in the file */
	unsigned char *data; /* NULL: no contents in the file (.bss) */
	const char *name;
	size_t index; /* of the section */
	bool exec;
	bool write;
};

struct symbol {
	uint64_t addr;
	uint64_t size;
	const char *name;
	const char *file; /* of the unit that a local symbol belongs to, or NULL */
	bool local;
	bool defined;
	bool weak;
	int rank; /* of two at one address, the better one is greater */
	bool function;
};

/* A function that saw the tags on a variable, as STATIC_CALL_KEY_SEEN_SECTION has it. */
struct seen {
	const char *file;
	const char *function;
	const char *variable;
};

/* A pointer that is filled in later, by a symbol that the file does not define. */
struct import {
	uint64_t place;
	const char *symbol;
	int64_t addend;
};

enum runtime { RUNTIME_NONE, RUNTIME_STATIC, RUNTIME_SHARED };

struct image {
	struct region *regions; /* by address */
	size_t n_regions, room_regions;
	struct symbol *symbols; /* by address */
	size_t n_symbols, room_symbols;
	struct import *imports; /* by place */
	size_t n_imports, room_imports;
	uint64_t *relocated; /* the places in code that relocations fill in, of an object */
	size_t n_relocated, room_relocated;
	struct seen *seen;
	size_t n_seen, room_seen;
	char *seen_text; /* NULL: no unit with tags says what it saw */
	bool relocatable;
	bool executable; /* can be run: not a library, not an object */
	bool has_symtab;
	bool fixed; /* linked to the addresses where it runs */
	enum runtime runtime;
	uint64_t sites_start;    /* what the module descriptor must hold; 0: unknown */
	uint64_t dynamics_start; /* the same of dynamic calls */
	char *error;             /* why the file could not be read */
};

bool image_read(struct image *image, Elf *elf, uint64_t file_size);
void image_free(struct image *image);
struct region *image_region(const struct image *image, uint64_t addr, uint64_t size);
const unsigned char *image_bytes(const struct image *image, uint64_t addr, uint64_t size);
const char *image_string(const struct image *image, uint64_t addr);
void image_sort(struct image *image);
bool image_relocated(const struct image *image, uint64_t place);
const struct import *image_import(const struct image *image, uint64_t place);
bool image_defines(const struct image *image, const char *name, size_t len);
const struct symbol *image_symbol(const struct image *image, uint64_t addr);
const struct symbol *image_first_symbol(const struct image *image, uint64_t addr);
char *image_where(const struct image *image, uint64_t addr);
/* The name of a function that begins there, or NULL. */
const char *image_function_at(const struct image *image, uint64_t addr);

uint16_t get16(const unsigned char *p);
uint32_t get32(const unsigned char *p);
uint64_t get64(const unsigned char *p);
uint64_t follow(const unsigned char *p, uint64_t addr);

#define CALL_SIZE 5 /* of a call or jmp that can be a site */

struct key {
	uint64_t record; /* address of the first record that names it */
	uint64_t addr;
	const struct import *import; /* instead of addr */
	const char *name;
	uint32_t flags;
	uint64_t clobbers[2];
	size_t sites;
	size_t tail;
};

void clobbers_kept(const uint64_t set[2], void (*put)(const char *, void *), void *data);

bool trampoline_reads_key(const struct image *image, uint64_t addr, const struct key *key);
bool trampoline_branches_to(const struct image *image, uint64_t addr, uint64_t dest);

/* What a key is initialized with, if sites are prelinked for that. */
struct initial {
	uint64_t target;      /* 0: NULL */
	uint64_t body;        /* a word of x86_64-body.h; 0: it has to be called */
	uint32_t body_number; /* 1 + where it is in its table */
};

struct record {
	uint64_t addr;
	uint64_t trampoline;
	uint64_t null_code; /* 0: none */
	struct key *key;
	bool usable;    /* of a version that this program knows */
	bool prelinked; /* its sites should be: */
	struct initial initial;
	struct key own;
};

struct site {
	uint64_t addr;
	uint64_t entry;        /* of the table */
	struct record *record; /* NULL: none */
	uint32_t flags;
};

/* One entry of a guard: a function that is inlined there. */
struct guard {
	uint64_t addr;
	uint64_t entry;        /* of the table */
	struct record *record; /* NULL: none */
	uint32_t flags;
	uint64_t slow;
	uint64_t word; /* that holds the function's address; 0: NULL is meant */
	uint64_t body; /* 0: what follows the guard */
};

/* A call through what is no key. */
struct dynamic {
	uint64_t addr;
	uint64_t entry; /* of the table */
	uint64_t state; /* address of its struct static_call_key_state */
	uint32_t flags;
	bool state_ok; /* it can be read */
};

struct problem {
	uint64_t addr;
	char *text;
};

struct tables {
	struct site *sites; /* by address */
	size_t n_sites, room_sites;
	struct guard *guards; /* entries, those of a guard together */
	size_t n_guards, room_guards;
	size_t n_bodies;
	struct dynamic *dynamics; /* by address */
	size_t n_dynamics, room_dynamics;
	size_t n_dynamic_tail;
	size_t n_guarded;       /* guards, which have one entry or more */
	struct record *records; /* by address */
	size_t n_records, room_records;
	struct key **keys; /* by name */
	size_t n_keys;
	size_t n_tail;
	size_t n_prelinked; /* sites and guards */
	bool present;       /* the file has table sections */
	struct problem *problems;
	size_t n_problems, room_problems;
};

/* problem.c */
void problem(struct tables *t, uint64_t addr, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* check-elements.c: call fn for each element of each section of this name. */
void for_each_element(struct tables *t, const struct image *image, const char *name, size_t size,
		      size_t align,
		      void (*fn)(struct tables *t, const struct image *image, uint64_t addr,
				 const unsigned char *p));
void sort_records(struct tables *t);
/* Of the sorted ones; NULL: there is none. */
struct record *find_record(struct tables *t, uint64_t addr);
/* Is this the last entry of its guard? */
bool guard_ends(const struct guard *entry);

/* Read and check the table of guards; sites are sorted. */
void check_guards(struct tables *t, const struct image *image);
/* The descriptor that names the table, and its address; or NULL. */
const unsigned char *find_module(const struct image *image, const struct tables *t, uint64_t *addr);

/* check-forms.c: five bytes, the first in the lowest bits. */
uint64_t form_read(const unsigned char *p);
void form_write(unsigned char *p, uint64_t form);
/* Of a site or guard whose record there is. first: the first entry of a guard. */
uint64_t site_linked(const struct site *site);
uint64_t site_prelinked(const struct site *site, const struct initial *initial);
uint64_t guard_linked(const struct guard *first);
uint64_t guard_prelinked(const struct image *image, const struct guard *first,
			 const struct initial *initial);
/* Of an entry of the table of bodies: its word; 0 if it may not stand in a site. */
uint64_t body_word(const unsigned char *entry);

/* check-prelinked.c: what is at a key's address when the program starts. */
uint64_t image_key(const struct image *image, uint64_t addr);
/* An entry of the table of bodies, by its number, and its address; or NULL. */
const unsigned char *image_body(const struct image *image, uint32_t number, uint64_t *addr);
void read_initial(struct tables *t, const struct image *image, struct record *r,
		  const unsigned char *p);
void check_prelinked(struct tables *t, uint64_t addr, const struct record *r, const char *what,
		     uint64_t form, uint64_t wanted, uint64_t linked);
void check_module_prelinked(struct tables *t, uint64_t addr, const unsigned char *p);

/* check-offers.c */
void check_offers(struct tables *t, const struct image *image);
void print_offers(const struct image *image, void (*put)(const char *name));
void print_json_offers(const struct image *image, void (*put)(const char *text));

/* Read and check the table of dynamic calls; sites are sorted. */
void check_dynamics(struct tables *t, const struct image *image);
/* The name that a call shares what it learns by; NULL: none. */
const char *dynamic_name(const struct image *image, const struct dynamic *d);

/* Read and check the table of bodies. */
void check_bodies(struct tables *t, const struct image *image);

void check_none_lost(struct tables *t, const struct image *image);

/* What an instruction does to memory, as far as it matters here. */
enum access { STORE, ADDRESS, SLOT };

struct operand {
	enum access access;
	uint64_t size;    /* of a store */
	unsigned int at;  /* of the four bytes that say where, from the opcode */
	unsigned int end; /* of the instruction, likewise */
	bool absolute;
	bool indexed;  /* a register is added */
	bool compared; /* an address, with another one by the next instruction */
};

/* The bytes that decode_access() may look at, behind the one before p. */
#define ACCESS_LONGEST 16

/* Of the instruction at p; false if it is none of interest. fixed: addresses may be absolute. */
bool decode_access(const unsigned char *p, bool rex_w, bool fixed, struct operand *o);
/* Does the function that addr lies in refer to a byte of [low, high)? */
bool function_refers(const struct image *image, uint64_t addr, uint64_t low, uint64_t high);

/*
 * Keys that other files of the same command may use without having seen their tags:
 * first collect them from all files, then check each file against all.
 */
struct common_key {
	char *symbol;
	char *name;
	uint64_t offset;
	bool defined; /* where it was tagged, and not weak */
};

struct common_keys {
	struct common_key *keys;
	size_t n, room;
};

void collect_keys(struct common_keys *all, const struct tables *t, const struct image *image);
void free_keys(struct common_keys *all);

/* Symbols by name, the global ones first, and names of what the file imports. */
struct names {
	const struct symbol **symbols;
	const char **imports;
	size_t n_symbols, n_imports;
};

void names_read(struct names *names, const struct image *image);
void names_free(struct names *names);
const struct symbol *names_symbol(const struct names *names, const char *name);
bool names_ambiguous(const struct names *names, const char *name);
const char *names_import(const struct names *names, const char *name);

/* A key of this file, where its code finds it. */
struct place {
	uint64_t key;
	uint64_t variable; /* where its variable begins */
	const char *name;
	const char *symbol;          /* of the variable, if that is not in this file */
	const struct symbol *judged; /* the function that was last looked at for it */
};

struct places {
	struct place *list; /* by key */
	size_t n, room;
	struct place **variables; /* the same by variable */
	struct place *imported;
	size_t n_imported, room_imported;
};

void places_read(struct places *places, const struct names *names, const struct tables *t,
		 const struct image *image, const struct common_keys *all);
void places_free(struct places *places);
struct place *places_stored(const struct places *places, uint64_t addr, uint64_t size);
struct place *places_pointed(const struct places *places, uint64_t addr);
struct place *places_in_slot(const struct places *places, const struct image *image, uint64_t slot);

void check_seen(struct tables *t, const struct image *image, const struct common_keys *all);

/* check-report.c */
long check_reports(char *const *files, bool quiet, const char **unreadable, char **why);

enum output { NORMAL, KEYS, VERBOSE, QUIET, JSON };

/* in_archive: most of the objects there may have no sites, and do not matter. */
void print_text(const char *file, const struct image *image, const struct tables *t,
		enum output output, bool in_archive);
void print_json(const char *file, const struct image *image, const struct tables *t);

/* Names come from files: as a terminal may see them, and as a string of JSON's. */
void print_name(const char *name);
void put_json(const char *text);

void tables_check(struct tables *tables, const struct image *image, bool kernel);
void tables_free(struct tables *tables);

#endif
