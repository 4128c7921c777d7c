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

#include "live.h"
#include "static_call_abi.h"

enum { EXIT_GOOD, EXIT_PROBLEMS, EXIT_UNREADABLE };

static enum output output = NORMAL;
static bool kernel;
static bool untagged; /* code may use keys whose tags it has not seen */
static bool reports;  /* the files are reports of the plugin */
static bool collecting;
static struct common_keys common;

static const char usage[] =
	"usage: static_call-check [--keys|--verbose|--json|--quiet] [--untagged] [--kernel] FILE...\n"
	"       static_call-check [--quiet] --report FILE...\n"
	"       static_call-check [--verbose|--json|--quiet] --pid PID\n"
	"       static_call-check [--verbose|--json|--quiet] --core FILE [BINARY]\n"
	"Check the call sites of executables, shared objects, object files and archives\n"
	"that were compiled with gcc -fplugin=static_call.\n"
	"  -k, --keys     list the keys, with the number of their sites\n"
	"  -v, --verbose  list the keys with flags and clobbers, and every site\n"
	"  -j, --json     one JSON object a file\n"
	"  -q, --quiet    nothing but the exit status\n"
	"  -u, --untagged do not look for code that uses keys untagged\n"
	"  -r, --report   the files are reports: find stores to what is tagged in other units\n"
	"  -K, --kernel   kernel code: it has no module descriptor\n"
	"  -p, --pid      what the sites of a running process hold; it is not stopped\n"
	"  -c, --core     the same of a core file\n"
	"  -V, --version\n"
	"  -h, --help\n"
	"Exit status: 0 no problem, 1 problems (stale sites), 2 usage error or unreadable file.\n";

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
			print_text(file, &image, &tables, output, archive_sites);
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

static int misused(void)
{
	fputs(usage, stderr);
	return EXIT_UNREADABLE;
}

/* Do the options say something that what is asked for has no use for? */
static bool options_contradict(bool live)
{
	if (live)
		return kernel || reports || untagged || output == KEYS;
	return reports && (kernel || untagged || (output != NORMAL && output != QUIET));
}

static int flushed(int status)
{
	if (fflush(stdout) || ferror(stdout)) {
		perror("static_call-check: standard output");
		return EXIT_UNREADABLE;
	}
	return status;
}

/* A process, or (core) a core and perhaps its program. */
static int check_live(const char *pid, const char *core, char **files, int n)
{
	char *end = NULL;
	long number = 0;

	if (pid) {
		number = strtol(pid, &end, 10);
		if (number <= 0 || number > INT32_MAX || *end)
			return unreadable(pid, "not the number of a process");
	}
	if ((pid && core) || n > (core ? 1 : 0))
		return misused();
	if (elf_version(EV_CURRENT) == EV_NONE)
		return unreadable(core ? core : pid, elf_errmsg(-1));
	return flushed(live_check(number, core, n ? *files : NULL, output));
}

static int check_report_files(char **files)
{
	const char *file;
	char *why;
	long told = check_reports(files, output == QUIET, &file, &why);
	int status;

	if (told < 0) {
		status = unreadable(file, why);
		free(why);
		return status;
	}
	return flushed(told ? EXIT_PROBLEMS : EXIT_GOOD);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "keys", no_argument, NULL, 'k' },       { "verbose", no_argument, NULL, 'v' },
		{ "json", no_argument, NULL, 'j' },       { "quiet", no_argument, NULL, 'q' },
		{ "kernel", no_argument, NULL, 'K' },     { "report", no_argument, NULL, 'r' },
		{ "untagged", no_argument, NULL, 'u' },   { "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },       { "pid", required_argument, NULL, 'p' },
		{ "core", required_argument, NULL, 'c' }, { 0 },
	};
	const char *pid = NULL, *core = NULL;
	int option, status = EXIT_GOOD;

	while ((option = getopt_long(argc, argv, "kvjqruKVhp:c:", options, NULL)) != -1) {
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
		case 'p':
			pid = optarg;
			break;
		case 'c':
			core = optarg;
			break;
		case 'V':
			printf("static_call-check %s, table version %d\n", STATIC_CALL_VERSION,
			       STATIC_CALL_KEY_ABI_VERSION);
			return EXIT_GOOD;
		case 'h':
			fputs(usage, stdout);
			return EXIT_GOOD;
		default:
			return misused();
		}
	}
	if (options_contradict(pid || core))
		return misused();
	if (pid || core)
		return check_live(pid, core, argv + optind, argc - optind);
	if (optind == argc)
		return misused();
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
	return flushed(status);
}
