/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stats.h - clock and order statistics for the benchmarks. */
#ifndef BENCH_STATS_H
#define BENCH_STATS_H

#include <stdlib.h>
#include <time.h>

static inline double seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec * 1e-9;
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct spread {
	double median, low, high; /* low and high: the quartiles */
};

/* Sorts v. */
static inline struct spread spread_of(double *v, size_t n)
{
	struct spread s;

	qsort(v, n, sizeof(*v), compare_doubles);
	s.median = v[n / 2];
	s.low = v[n / 4];
	s.high = v[n - 1 - n / 4];
	return s;
}

#endif
