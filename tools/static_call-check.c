// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * static_call-check: are the call sites in this binary as the runtime needs
 * them, and are they all in its table? See static_call-check(1).
 */
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "static_call-check.h"
#include "static_call_abi.h"

enum { EXIT_GOOD, EXIT_PROBLEMS, EXIT_UNREADABLE };

static enum { NORMAL, KEYS, VERBOSE, QUIET, JSON } output = NORMAL;
static bool kernel;
static bool untagged; /* code may use keys whose tags it has not seen */
static bool reports;  /* the files are reports of the plugin */
static bool collecting;
static struct common_keys common;

static const char usage[] =
	"usage: static_call-check [--keys|--verbose|--json|--quiet] [--untagged] [--kernel] FILE...\n"
	"Check the call sites of executables, shared objects, object files and archives\n"
	"that were compiled with gcc -fplugin=static_call.\n"
	"  -k, --keys     list the keys, with the number of their sites\n"
	"  -v, --verbose  list the keys with flags and clobbers, and every site\n"
	"  -j, --json     one JSON object a file\n"
	"  -q, --quiet    nothing but the exit status\n"
	"  -u, --untagged do not look for code that uses keys untagged\n"
	"  -r, --report   the files are reports: find stores to what is tagged in other units\n"
	"  -K, --kernel   kernel code: it has no module descriptor\n"
	"  -V, --version\n"
	"  -h, --help\n"
	"Exit status: 0 no problem, 1 problems, 2 usage error or unreadable file.\n";

static const struct {
	uint32_t flag;
	const char *name;
} flag_names[] = {
	{ STATIC_CALL_KEY_RECORD_NOP_IF_NULL, "nop_if_null" },
	{ STATIC_CALL_KEY_RECORD_RETURNS_VALUE, "returns_value" },
	{ STATIC_CALL_KEY_RECORD_RETURNS_WIDE, "returns_wide" },
};

#define N_FLAGS (sizeof(flag_names) / sizeof(*flag_names))

static unsigned long long ull(uint64_t v)
{
	return v;
}

/* Names come from the file: they may hold anything, and a terminal should not see it. */
static void put_name(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || *name == 0x7f)
			printf("\\x%02x", (unsigned char)*name);
		else
			putchar(*name);
}

/*
 * JSON is UTF-8, a symbol name is bytes. Bytes of a well-formed UTF-8 name stay;
 * from others, every byte beyond ASCII becomes the character of that number.
 */
static bool is_utf8(const unsigned char *s)
{
	while (*s) {
		unsigned int first = *s++, second = *s;
		int more = (first >= 0xc2) + (first >= 0xe0) + (first >= 0xf0);

		if ((first >= 0x80 && !more) || first >= 0xf5 || (first == 0xe0 && second < 0xa0) ||
		    (first == 0xed && second >= 0xa0) || (first == 0xf0 && second < 0x90) ||
		    (first == 0xf4 && second >= 0x90))
			return false;
		for (; more; more--, s++)
			if ((*s & 0xc0) != 0x80)
				return false;
	}
	return true;
}

static void put_json(const char *text)
{
	bool utf8 = is_utf8((const unsigned char *)text);

	putchar('"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7f || (c >= 0x80 && !utf8))
			printf("\\u%04x", c);
		else if (c == '"' || c == '\\')
			printf("\\%c", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void put_json_where(const char *field, const struct image *image, uint64_t addr)
{
	char *where = image_where(image, addr);

	printf("\"%s\":", field);
	put_json(where);
	free(where);
}

static const char *runtime_name(const struct image *image)
{
	switch (image->runtime) {
	case RUNTIME_STATIC:
		return "static";
	case RUNTIME_SHARED:
		return "shared";
	default:
		return "none";
	}
}

static char *key_place(const struct image *image, const struct key *key)
{
	char *where, *place;

	if (key->import)
		return format("%s%+lld, undefined here", key->import->symbol,
			      (long long)key->import->addend);
	if (!key->addr)
		return format("undefined weak symbol");
	where = image_where(image, key->addr);
	place = format("0x%llx, %s", ull(key->addr), where);
	free(where);
	return place;
}

static void put_register(const char *name, void *unused)
{
	(void)unused;
	printf(" %s", name);
}

static void put_json_register(const char *name, void *comma)
{
	printf("%s\"%s\"", *(const char **)comma, name);
	*(const char **)comma = ",";
}

static void print_key(const struct image *image, const struct key *key)
{
	char *place = key_place(image, key);
	size_t i;

	printf("  key ");
	put_name(key->name);
	printf(" (");
	put_name(place);
	printf("): %zu sites (%zu tail)", key->sites, key->tail);
	if (output == VERBOSE) {
		printf(", flags");
		for (i = 0; i < N_FLAGS; i++)
			if (key->flags & flag_names[i].flag)
				printf(" %s", flag_names[i].name);
		printf(key->flags ? " (0x%x)" : " none", key->flags);
		if (key->clobbers[0] | key->clobbers[1]) {
			printf(", calls keep");
			clobbers_kept(key->clobbers, put_register, NULL);
		} else {
			printf(", clobbers of the ABI");
		}
	}
	putchar('\n');
	free(place);
}

static void print_site(const struct image *image, const struct site *site)
{
	char *where = image_where(image, site->addr);

	printf("  site 0x%llx (", ull(site->addr));
	put_name(where);
	printf("): %s ", site->flags & STATIC_CALL_KEY_SITE_TAIL ? "jmp" : "call");
	put_name(site->record ? site->record->own.name : "?");
	printf(site->flags & STATIC_CALL_KEY_SITE_NO_RET ? " (no bare ret)\n" : "\n");
	free(where);
}

/* in_archive: most of the objects there may have no sites, and do not matter. */
static void print_text(const char *file, const struct image *image, const struct tables *t,
		       bool in_archive)
{
	size_t i;

	for (i = 0; i < t->n_problems; i++) {
		char *where = image_where(image, t->problems[i].addr);

		printf("%s: 0x%llx (", file, ull(t->problems[i].addr));
		put_name(where);
		printf("): ");
		put_name(t->problems[i].text);
		putchar('\n');
		free(where);
	}
	if (output == KEYS || output == VERBOSE) {
		for (i = 0; i < t->n_keys; i++)
			print_key(image, t->keys[i]);
		print_offers(image, put_name);
	}
	if (output == VERBOSE) {
		for (i = 0; i < t->n_sites; i++)
			print_site(image, &t->sites[i]);
		if (!image->relocatable)
			printf("  runtime: %s\n", runtime_name(image));
	}
	if (t->n_sites && image->executable && image->runtime == RUNTIME_NONE && image->has_symtab)
		printf("%s: note: not linked with the runtime\n", file);
	if (t->n_sites)
		printf("%s: %zu sites (%zu tail), %zu keys, %zu problems\n", file, t->n_sites,
		       t->n_tail, t->n_keys, t->n_problems);
	else if (t->n_problems)
		printf("%s: no sites, %zu problems\n", file, t->n_problems);
	else if (!in_archive)
		printf("%s: no sites\n", file);
}

static void print_json_key(const struct image *image, const struct key *key)
{
	const char *comma = "";
	size_t i;

	printf("{\"name\":");
	put_json(key->name);
	if (key->import) {
		printf(",\"address\":null,\"symbol\":");
		put_json(key->import->symbol);
		printf(",\"addend\":%lld", (long long)key->import->addend);
	} else {
		printf(",\"address\":\"0x%llx\",", ull(key->addr));
		put_json_where("symbol", image, key->addr);
	}
	printf(",\"sites\":%zu,\"tail\":%zu,\"flags\":[", key->sites, key->tail);
	for (i = 0; i < N_FLAGS; i++)
		if (key->flags & flag_names[i].flag) {
			printf("%s\"%s\"", comma, flag_names[i].name);
			comma = ",";
		}
	printf("],\"clobbers\":[\"0x%llx\",\"0x%llx\"],\"keeps\":[", ull(key->clobbers[0]),
	       ull(key->clobbers[1]));
	comma = "";
	if (key->clobbers[0] | key->clobbers[1])
		clobbers_kept(key->clobbers, put_json_register, &comma);
	printf("]}");
}

static void print_json_site(const struct image *image, const struct site *site)
{
	printf("{\"address\":\"0x%llx\",", ull(site->addr));
	put_json_where("symbol", image, site->addr);
	printf(",\"key\":");
	put_json(site->record ? site->record->own.name : "?");
	printf(",\"tail\":%s}", site->flags & STATIC_CALL_KEY_SITE_TAIL ? "true" : "false");
}

static void print_json(const char *file, const struct image *image, const struct tables *t)
{
	size_t i;

	printf("{\"file\":");
	put_json(file);
	printf(",\"type\":\"%s\",\"sites\":%zu,\"tail\":%zu,\"keys\":%zu,\"problems\":%zu,"
	       "\"runtime\":\"%s\",\"problem_list\":[",
	       image->relocatable  ? "object"
	       : image->executable ? "executable"
				   : "shared",
	       t->n_sites, t->n_tail, t->n_keys, t->n_problems, runtime_name(image));
	for (i = 0; i < t->n_problems; i++) {
		printf("%s{\"address\":\"0x%llx\",", i ? "," : "", ull(t->problems[i].addr));
		put_json_where("symbol", image, t->problems[i].addr);
		printf(",\"text\":");
		put_json(t->problems[i].text);
		putchar('}');
	}
	printf("],\"key_list\":[");
	for (i = 0; i < t->n_keys; i++) {
		printf(i ? "," : "");
		print_json_key(image, t->keys[i]);
	}
	printf("],\"site_list\":[");
	for (i = 0; i < t->n_sites; i++) {
		printf(i ? "," : "");
		print_json_site(image, &t->sites[i]);
	}
	printf("]}\n");
}

static int unreadable(const char *file, const char *why)
{
	if (output != QUIET)
		fprintf(stderr, "static_call-check: %s: %s\n", file, why);
	return EXIT_UNREADABLE;
}

/* archive_sites: add the sites to it; NULL if the file is not in an archive. */
static int check_elf(const char *file, Elf *elf, uint64_t file_size, size_t *archive_sites)
{
	struct image image = { 0 };
	struct tables tables = { 0 };
	int status;

	if (image_read(&image, elf, file_size)) {
		tables_check(&tables, &image, kernel);
		if (collecting)
			collect_keys(&common, &tables, &image);
		else if (!untagged)
			check_seen(&tables, &image, &common);
		status = tables.n_problems ? EXIT_PROBLEMS : EXIT_GOOD;
		if (output == JSON)
			print_json(file, &image, &tables);
		else if (output != QUIET)
			print_text(file, &image, &tables, archive_sites);
		if (archive_sites)
			*archive_sites += tables.n_sites;
		tables_free(&tables);
	} else {
		status = unreadable(file, image.error);
	}
	image_free(&image);
	return status;
}

static int worse(int a, int b)
{
	return a > b ? a : b;
}

static int check_archive(const char *file, int fd, Elf *archive, uint64_t file_size)
{
	int status = EXIT_GOOD;
	size_t members = 0, sites = 0;
	Elf_Cmd cmd = ELF_C_READ;
	Elf *elf;

	while ((elf = elf_begin(fd, cmd, archive))) {
		Elf_Arhdr *header = elf_getarhdr(elf);

		/* "/" and "//" are the archive's own index. */
		if (header && header->ar_name && header->ar_name[0] != '/') {
			char *name = format("%s(%s)", file, header->ar_name);

			members++;
			status = worse(status, check_elf(name, elf, file_size, &sites));
			free(name);
		}
		cmd = elf_next(elf);
		elf_end(elf);
		if (cmd == ELF_C_NULL)
			break;
	}
	if (!members)
		return unreadable(file, "archive without members");
	if (!sites && status == EXIT_GOOD && output != QUIET && output != JSON)
		printf("%s: no sites\n", file);
	return status;
}

static int check_file(const char *file)
{
	struct stat st;
	int fd, status;
	Elf *elf;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st)) {
		char *why = format("%m");

		status = unreadable(file, why);
		free(why);
		if (fd >= 0)
			close(fd);
		return status;
	}
	if (!S_ISREG(st.st_mode)) {
		close(fd);
		return unreadable(file, "not a regular file");
	}
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (!elf)
		status = unreadable(file, elf_errmsg(-1));
	else if (elf_kind(elf) == ELF_K_AR)
		status = check_archive(file, fd, elf, (uint64_t)st.st_size);
	else
		status = check_elf(file, elf, (uint64_t)st.st_size, NULL);
	elf_end(elf);
	close(fd);
	return status;
}

/* What is a key in one file may be a plain variable to another. */
static void collect(char **files)
{
	int asked = output;

	collecting = true;
	output = QUIET;
	for (; *files; files++)
		check_file(*files);
	output = asked;
	collecting = false;
}

static int check_report_files(char **files)
{
	const char *file;
	long told = check_reports(files, output == QUIET, &file);
	char *why;
	int status;

	if (told < 0) {
		why = format("%m");
		status = unreadable(file, why);
		free(why);
		return status;
	}
	if (fflush(stdout) || ferror(stdout)) {
		perror("static_call-check: standard output");
		return EXIT_UNREADABLE;
	}
	return told ? EXIT_PROBLEMS : EXIT_GOOD;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "keys", no_argument, NULL, 'k' },     { "verbose", no_argument, NULL, 'v' },
		{ "json", no_argument, NULL, 'j' },     { "quiet", no_argument, NULL, 'q' },
		{ "kernel", no_argument, NULL, 'K' },   { "report", no_argument, NULL, 'r' },
		{ "untagged", no_argument, NULL, 'u' }, { "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },     { 0 },
	};
	int option, status = EXIT_GOOD;

	while ((option = getopt_long(argc, argv, "kvjqruKVh", options, NULL)) != -1) {
		switch (option) {
		case 'k':
			output = KEYS;
			break;
		case 'v':
			output = VERBOSE;
			break;
		case 'j':
			output = JSON;
			break;
		case 'q':
			output = QUIET;
			break;
		case 'K':
			kernel = true;
			break;
		case 'r':
			reports = true;
			break;
		case 'u':
			untagged = true;
			break;
		case 'V':
			printf("static_call-check %s, table version %d\n", STATIC_CALL_VERSION,
			       STATIC_CALL_KEY_ABI_VERSION);
			return EXIT_GOOD;
		case 'h':
			fputs(usage, stdout);
			return EXIT_GOOD;
		default:
			fputs(usage, stderr);
			return EXIT_UNREADABLE;
		}
	}
	if (optind == argc) {
		fputs(usage, stderr);
		return EXIT_UNREADABLE;
	}
	if (reports)
		return check_report_files(argv + optind);
	if (elf_version(EV_CURRENT) == EV_NONE) {
		fprintf(stderr, "static_call-check: %s\n", elf_errmsg(-1));
		return EXIT_UNREADABLE;
	}
	if (!untagged)
		collect(argv + optind);
	for (; optind < argc; optind++)
		status = worse(status, check_file(argv[optind]));
	free_keys(&common);
	if (fflush(stdout) || ferror(stdout)) {
		perror("static_call-check: standard output");
		return EXIT_UNREADABLE;
	}
	return status;
}
