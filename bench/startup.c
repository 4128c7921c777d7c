/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * startup.c - time programs that do nothing, from spawn to exit.
 *
 *	startup ROUNDS FLOOR TEXT PROGRAM [TEXT PROGRAM]...
 *
 * The programs run in turns. The first is what the others are compared with: by the
 * difference, and if FLOOR is not 0, those behind program number FLOOR by the ratio of their
 * difference to its own.
 */
#include "stats.h"

#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

extern char **environ;

static double run(char *program)
{
	char *argv[] = { program, NULL };
	double start = seconds();
	int status;
	pid_t pid;

	if (posix_spawn(&pid, program, NULL, NULL, argv, environ) ||
	    waitpid(pid, &status, 0) != pid || status) {
		fprintf(stderr, "startup: %s failed\n", program);
		exit(1);
	}
	return seconds() - start;
}

int main(int argc, char **argv)
{
	int rounds = argc > 4 ? atoi(argv[1]) : 0, programs = (argc - 3) / 2, round, i, p;
	int floor = argc > 4 ? atoi(argv[2]) : 0;
	double *times, *own, *more, *ratio;
	struct spread s;

	if (rounds < 1 || floor < 0 || floor >= programs)
		return 2;
	times = calloc((size_t)rounds * programs, sizeof(*times));
	own = calloc(rounds, sizeof(*own));
	more = calloc(rounds, sizeof(*more));
	ratio = calloc(rounds, sizeof(*ratio));
	if (!times || !own || !more || !ratio)
		return 1;
	for (p = 0; p < programs; p++)
		run(argv[4 + 2 * p]);
	for (round = 0; round < rounds; round++) {
		for (i = 0; i < programs; i++) {
			p = (i + round) % programs;
			times[p * rounds + round] = run(argv[4 + 2 * p]);
		}
	}
	for (p = 0; p < programs; p++) {
		for (round = 0; round < rounds; round++) {
			own[round] = times[p * rounds + round];
			more[round] = own[round] - times[round];
			ratio[round] = more[round] / (times[floor * rounds + round] - times[round]);
		}
		s = spread_of(own, rounds);
		printf("  %-34s %6.2f ms  (%.2f-%.2f)", argv[3 + 2 * p], s.median * 1e3,
		       s.low * 1e3, s.high * 1e3);
		s = spread_of(more, rounds);
		if (p)
			printf("  %+.2f ms (%+.2f to %+.2f)", s.median * 1e3, s.low * 1e3,
			       s.high * 1e3);
		s = spread_of(ratio, rounds);
		if (floor && p > floor)
			printf("  %.2f (%.2f-%.2f)", s.median, s.low, s.high);
		printf("\n");
	}
	return 0;
}
