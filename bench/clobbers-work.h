/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clobbers-work.h - callers of value_of() and mark(), in programs and in kernels. Who
 * includes it has defined these two, BODY() and ALIGNMENT.
 */

/* A walk over a table, with the state of a walk. */
ALIGNMENT unsigned long BODY(walk)(const unsigned long *table, unsigned long n,
				   struct bench_range *r)
{
	unsigned long i, found = 0, lowest = ~0ul, highest = 0, sum = 0;

	for (i = 0; i < n; i++) {
		unsigned long v = value_of(table[i]);

		if (!(v & r->mask))
			continue;
		found++;
		sum += v;
		if (v < lowest)
			lowest = v;
		if (v > highest)
			highest = v;
	}
	r->lowest = lowest;
	r->highest = highest;
	return found + sum;
}

/* A short critical section, twice, in the middle of other work. */
ALIGNMENT unsigned long BODY(section)(unsigned long a, unsigned long b, unsigned long c,
				      unsigned long d, unsigned long *counter)
{
	unsigned long e = a * b + c;

	mark();
	*counter += e;
	mark();
	return e + a + 2 * b + 3 * c + 5 * d;
}
