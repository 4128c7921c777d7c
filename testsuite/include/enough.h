/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * enough.h - how long a test goes on that waits for threads, timers or chance.
 *
 * How fast a machine is is no part of what is tested: a change of protection, a fork
 * or a fault costs fifty times more on some than on others. So such a test goes on
 * until it has seen enough, and no longer than some seconds. If it saw less than it
 * must have seen for its result to mean something, it says so: that is neither PASS
 * nor FAIL but UNSUPPORTED.
 *
 *	time_limit(5);
 *	while (seen < 10000 && !time_is_over())
 *		seen += try();
 *	saw_at_least(100, seen, "interrupted updates");		when all else is right
 *
 * time_is_over() may be called on any thread and from a handler.
 */
#ifndef ENOUGH_H
#define ENOUGH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct {
	int seconds;
	struct timespec start;
} enough_limit;

static inline void time_limit(int seconds)
{
	enough_limit.seconds = seconds;
	clock_gettime(CLOCK_MONOTONIC, &enough_limit.start);
}

static inline int time_is_over(void)
{
	struct timespec now;
	long seconds;

	clock_gettime(CLOCK_MONOTONIC, &now);
	seconds = (long)(now.tv_sec - enough_limit.start.tv_sec);
	return seconds > enough_limit.seconds ||
	       (seconds == enough_limit.seconds && now.tv_nsec >= enough_limit.start.tv_nsec);
}

/* The harness takes this line for the reason; see static_call_execute in lib/. */
static inline void saw_at_least(unsigned long least, unsigned long seen, const char *what)
{
	if (seen >= least)
		return;
	printf("UNSUPPORTED: only %lu of %lu %s within %d seconds\n", seen, least, what,
	       enough_limit.seconds);
	exit(0);
}

#endif
