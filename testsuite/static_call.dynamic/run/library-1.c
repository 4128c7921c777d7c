/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions of libraries, called by us and calling us: far away in most programs. */
/* { dg-do run } */
#include "dynamic.h"
#include <stdio.h>
#include <string.h>

NOIPA static double call(double (*f)(const char *), const char *s) { return f(s) + 1; }
NOIPA static size_t length(size_t (*f)(const char *), const char *s) { return f(s); }
NOIPA static int print(int (*f)(char *, const char *, ...), char *to) { return f(to, "%d %.1f %s", 1, 2.0, "x"); }
static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static int descending(const void *a, const void *b) { return *(const int *)b - *(const int *)a; }
static double one(const char *s) { (void)s; return 1; }
static size_t two(const char *s) { (void)s; return 2; }

int main(void)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		unsigned int which = next_of(2, i);
		int numbers[3] = { 2, 3, 1 };
		char text[32];

		CHECK(call(which ? one : atof, "3.0") == (which ? 2 : 4));
		CHECK(length(which ? two : strlen, "four") == (which ? 2 : 4));
		CHECK(print(sprintf, text) == 7 && !strcmp(text, "1 2.0 x"));
		qsort(numbers, 3, sizeof(int), which ? ascending : descending);
		CHECK(numbers[0] == (which ? 1 : 3) && numbers[2] == (which ? 3 : 1));
	}
	return 0;
}
