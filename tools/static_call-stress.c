// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * static_call-stress: threads run through call sites while others of their forms are stored, and
 * every call is looked at. See static_call-stress(1).
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stress.h"

#define SECONDS       10.0
#define SECONDS_LEAST 0.1
#define SECONDS_MAX   1e6
#define CONTROL_PART  10 /* of the time, each */
#define CALLERS_MAX   1024

enum { EXIT_RIGHT, EXIT_WRONG, EXIT_UNABLE };

static const char usage[] =
	"usage: static_call-stress [--threads N] [--quiet] [SECONDS]\n"
	"Is one store to a call site safe on this machine, while threads run through it? One line\n"
	"says what was seen, and which machine this is. SECONDS: a number\n"
	"from 0.1 to 1000000; 10 if not given.\n"
	"  -t, --threads=N    how many threads call; without it, one on each processor but one\n"
	"  -q, --quiet        only the exit status\n"
	"  -V, --version\n"
	"  -h, --help\n"
	"Exit status: 0 no call was wrong; 1 some were; 2 usage error, or it cannot be tried.\n";

/* What must not be done, beside what is done. */
static struct control {
	const char *name;
	struct stress_run run;
} controls[] = {
	{ "across 32 bytes", { .prepare = stress_across_32, .until_wrong = true } },
	{ "across 64 bytes", { .prepare = stress_across_64, .until_wrong = true } },
	{ "two instructions", { .prepare = stress_two_instructions, .until_wrong = true } },
};
#define CONTROLS (sizeof(controls) / sizeof(controls[0]))

static bool quiet;

static int unable(const struct stress_run *run)
{
	fprintf(stderr, "static_call-stress: %s: %s\n", run->error, strerror(run->err));
	return EXIT_UNABLE;
}

static void print_wrong(const struct stress_run *run)
{
	printf("; the first: a %s at byte %u of its line, from %s to %s: ", run->kind, run->offset,
	       run->from, run->to);
	if (run->signal)
		printf("signal %d (%s)", run->signal, strsignal(run->signal));
	else
		printf("%" PRIx64 " %" PRIx64 " %" PRIx64, run->result.rax, run->result.rdx,
		       run->result.byte);
}

static void print_controls(void)
{
	bool any = false;
	size_t i;

	for (i = 0; i < CONTROLS; i++) {
		printf("%s %s %s", i ? "," : "; controls:", controls[i].name,
		       controls[i].run.wrong ? "tore" : "did not tear here");
		any |= controls[i].run.wrong;
	}
	if (!any)
		printf(" (so none would have been seen)");
}

static void report(const struct stress_run *run)
{
	char machine[512];

	printf("static_call-stress %s: %" PRIu64 " wrong of %" PRIu64 " calls (%" PRIu64
	       " during updates), %" PRIu64 " updates of %u sites, %g s, %u %s on %u %s%s",
	       STATIC_CALL_VERSION, run->wrong, run->calls, run->during, run->updates, run->places,
	       run->seconds, run->callers, run->callers == 1 ? "caller" : "callers",
	       run->processors, run->processors == 1 ? "processor" : "processors",
	       run->barrier ? "" : ", no membarrier");
	if (run->wrong)
		print_wrong(run);
	print_controls();
	stress_machine(machine, sizeof(machine));
	printf("; %s\n", machine);
}

static int stress(double seconds, unsigned int callers)
{
	double part = seconds / CONTROL_PART;
	struct stress_run run = { .prepare = stress_product, .callers = callers };
	size_t i;

	for (i = 0; i < CONTROLS; i++) {
		controls[i].run.seconds = part;
		controls[i].run.callers = callers;
		stress_run(&controls[i].run);
		if (controls[i].run.error)
			return unable(&controls[i].run);
	}
	run.seconds = seconds - CONTROLS * part;
	stress_run(&run);
	if (run.error)
		return unable(&run);
	if (!quiet)
		report(&run);
	return run.wrong ? EXIT_WRONG : EXIT_RIGHT;
}

/* A number in this range, which has a name; whole: of no parts. False: and that is said. */
static bool number(const char *name, const char *text, double least, double most, bool whole,
		   double *value)
{
	char *end;

	*value = strtod(text, &end);
	if (end != text && !*end && *value >= least && *value <= most &&
	    (!whole || *value == (unsigned int)*value))
		return true;
	fprintf(stderr, "static_call-stress: %s: %s: not a %snumber from %g to %.0f\n", name, text,
		whole ? "whole " : "", least, most);
	return false;
}

/* "-1" stands where the seconds stand, and is no option. */
static bool is_negative(const char *word)
{
	return word && word[0] == '-' && word[1] >= '0' && word[1] <= '9';
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "threads", required_argument, NULL, 't' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	double seconds = SECONDS, callers = 0;
	bool good = true;
	int option;

	while (!is_negative(argv[optind]) &&
	       (option = getopt_long(argc, argv, "t:qVh", options, NULL)) != -1) {
		switch (option) {
		case 't':
			good &= number("--threads", optarg, 1, CALLERS_MAX, true, &callers);
			break;
		case 'q':
			quiet = true;
			break;
		case 'V':
			printf("static_call-stress %s\n", STATIC_CALL_VERSION);
			return EXIT_RIGHT;
		case 'h':
			fputs(usage, stdout);
			return EXIT_RIGHT;
		default:
			good = false;
		}
	}
	if (optind < argc)
		good &= number("SECONDS", argv[optind++], SECONDS_LEAST, SECONDS_MAX, false,
			       &seconds);
	if (!good || optind < argc) {
		fputs(usage, stderr);
		return EXIT_UNABLE;
	}
	option = stress(seconds, (unsigned int)callers);
	if (fflush(stdout) || ferror(stdout)) {
		perror("static_call-stress: standard output");
		return EXIT_UNABLE;
	}
	return option;
}
