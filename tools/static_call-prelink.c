// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * static_call-prelink: write into a linked file where its call sites lead when the program
 * starts. See static_call-prelink(1).
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prelink.h"
#include "static_call_abi.h"

enum { EXIT_GOOD, EXIT_REFUSED, EXIT_UNREADABLE };

static bool undo, exported, verbose, quiet;
static const char *output;

static const char usage[] =
	"usage: static_call-prelink [--undo] [--exported] [--verbose|--quiet] [-o FILE] FILE...\n"
	"Let call sites of executables and shared objects that were compiled with\n"
	"gcc -fplugin=static_call lead, in the file, where they lead when the program starts.\n"
	"  -u, --undo         make the file what the linker wrote\n"
	"  -e, --exported     also keys that other modules can name\n"
	"  -o, --output=FILE  write there; without it, the file is replaced\n"
	"  -v, --verbose      tell of every key\n"
	"  -q, --quiet        nothing but errors\n"
	"  -V, --version\n"
	"  -h, --help\n"
	"Exit status: 0 done, or nothing to do; 1 refused; 2 usage error, or a file that\n"
	"cannot be read or written.\n";

static int failed(const char *file, const char *why, int status)
{
	fprintf(stderr, "static_call-prelink: %s: %s\n", file, why);
	return status;
}

/* Names come from the file: a terminal should not see what they may hold. */
static void put_name(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < 0x20 || *name == 0x7f)
			printf("\\x%02x", (unsigned char)*name);
		else
			putchar(*name);
}

static void print_key(const struct prelink *p, size_t i)
{
	const struct choice *c = &p->choices[i];
	char *where;

	printf("  key ");
	put_name(p->tables.records[i].own.name);
	if (!c->taken) {
		printf(": left: %s\n", c->why);
	} else if (!c->initial.target) {
		printf(": NULL\n");
	} else {
		where = image_where(&p->image, c->initial.target);
		printf(": ");
		put_name(where);
		printf(c->initial.body ? ", in the sites themselves\n" : "\n");
		free(where);
	}
}

/* How many sites and guards, of records that are taken or not; and how many such records. */
static size_t count(const struct prelink *p, bool taken, size_t *keys)
{
	const struct tables *t = &p->tables;
	bool *seen = xcalloc(t->n_records, sizeof(*seen));
	size_t i, n = 0;

	for (i = 0; i < t->n_sites; i++)
		seen[t->sites[i].record - t->records] = true;
	for (i = 0; i < t->n_sites; i++)
		n += p->choices[t->sites[i].record - t->records].taken == taken;
	for (i = 0; i < t->n_guards; i++)
		n += p->choices[t->guards[i].record - t->records].taken == taken &&
		     guard_ends(&t->guards[i]);
	for (*keys = i = 0; i < t->n_records; i++)
		*keys += seen[i] && p->choices[i].taken == taken;
	free(seen);
	return n;
}

static void report(const char *file, const struct prelink *p, bool changed)
{
	size_t i, keys, left, sites;

	if (quiet)
		return;
	for (i = 0; i < p->tables.n_records && verbose && !undo; i++)
		print_key(p, i);
	if (undo) {
		printf("%s: %s\n", file, changed ? "as it was linked" : "is as it was linked");
		return;
	}
	sites = count(p, true, &keys);
	printf("%s: %zu sites and guards of %zu keys %s", file, sites, keys,
	       changed ? "prelinked" : "are prelinked");
	sites = count(p, false, &left);
	if (left)
		printf("; %zu sites and guards of %zu keys left%s", sites, left,
		       verbose ? "" : " (-v: why)");
	putchar('\n');
}

/* Other names of the file keep what it was. */
static void warn_of_links(const struct contents *contents, const char *file, const char *to)
{
	unsigned long long others = contents->st.st_nlink - 1;

	if (!others || strcmp(contents->path, to))
		return;
	if (others == 1)
		fprintf(stderr,
			"static_call-prelink: %s: warning: it has another name (a hard link), "
			"and stays as it was under that one\n",
			file);
	else
		fprintf(stderr,
			"static_call-prelink: %s: warning: it has %llu other names (hard links), "
			"and stays as it was under these\n",
			file, others);
}

static int write_file(const struct contents *contents, const char *file, const unsigned char *made,
		      bool changed)
{
	const char *to = output ? output : contents->path;
	char *why;
	int status;

	if (!changed && !output)
		return EXIT_GOOD;
	warn_of_links(contents, file, to);
	why = contents_write(contents, to, made);
	if (!why)
		return EXIT_GOOD;
	status = failed(to, why, EXIT_UNREADABLE);
	free(why);
	return status;
}

static int prelink_contents(const struct contents *contents, const char *file)
{
	struct prelink p = { 0 };
	unsigned char *made = NULL;
	const char *missing = NULL;
	bool changed;
	int status;

	if (!prelink_read(&p, contents->bytes, contents->size)) {
		status = failed(file, p.error,
				p.elf && !p.image.error ? EXIT_REFUSED : EXIT_UNREADABLE);
	} else if (!p.choices) {
		if (!quiet)
			printf("%s: no sites\n", file);
		status = write_file(contents, file, contents->bytes, false);
	} else if (!undo && (missing = runtime_missing(&p))) {
		status = failed(file, missing, EXIT_REFUSED);
	} else {
		choose(&p, exported);
		made = prelink_write(&p, undo);
		changed = made && memcmp(made, contents->bytes, contents->size);
		status = made ? write_file(contents, file, made, changed)
			      : failed(file, p.error, EXIT_REFUSED);
		if (status == EXIT_GOOD)
			report(file, &p, changed);
	}
	free(made);
	prelink_free(&p);
	return status;
}

static int prelink_file(const char *file)
{
	struct contents contents = { 0 };
	char *why = contents_read(&contents, file);
	int status = why ? failed(file, why, EXIT_UNREADABLE) : prelink_contents(&contents, file);

	free(why);
	contents_free(&contents);
	return status;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "undo", no_argument, NULL, 'u' },    { "exported", no_argument, NULL, 'e' },
		{ "verbose", no_argument, NULL, 'v' }, { "quiet", no_argument, NULL, 'q' },
		{ "version", no_argument, NULL, 'V' }, { "output", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },    { 0 },
	};
	int option, status = EXIT_GOOD, one;

	/* A file that may not become so long is an error, and nothing is left behind. */
	signal(SIGXFSZ, SIG_IGN);

	while ((option = getopt_long(argc, argv, "uevqo:Vh", options, NULL)) != -1) {
		switch (option) {
		case 'u':
			undo = true;
			break;
		case 'e':
			exported = true;
			break;
		case 'v':
			verbose = true;
			break;
		case 'q':
			quiet = true;
			break;
		case 'o':
			output = optarg;
			break;
		case 'V':
			printf("static_call-prelink %s, table version %d\n", STATIC_CALL_VERSION,
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
	if (optind == argc || (output && optind + 1 != argc)) {
		fputs(usage, stderr);
		return EXIT_UNREADABLE;
	}
	if (elf_version(EV_CURRENT) == EV_NONE)
		return failed(argv[optind], elf_errmsg(-1), EXIT_UNREADABLE);
	for (; optind < argc; optind++) {
		one = prelink_file(argv[optind]);
		status = one > status ? one : status;
	}
	if (fflush(stdout) || ferror(stdout)) {
		perror("static_call-prelink: standard output");
		return EXIT_UNREADABLE;
	}
	return status;
}
