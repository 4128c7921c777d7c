/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loops, switches, inline functions, statics, floating point, varargs and asm. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline int squared(int x)
{
	return x * x;
}

int select_case(int x)
{
	static int count;

	switch (x) {
	case 1: return 10;
	case 2: return 30;
	case 3: return 20;
	case 4: return 60 + ++count;
	case 5: return 50;
	case 6: return squared(x);
	}
	return -1;
}

double sum(int n, ...)
{
	double result = 0;
	va_list list;

	va_start(list, n);
	while (n--)
		result += va_arg(list, double);
	va_end(list);
	return result;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void sort(char **names, size_t n)
{
	qsort(names, n, sizeof(*names), compare);
}

unsigned long matrix(unsigned long (*m)[16], int n)
{
	unsigned long trace = 0;
	int i, j, k;

	for (i = 0; i < n; i++)
		for (j = 0; j < n; j++)
			for (k = 0; k < n; k++)
				m[i][j] += m[i][k] * m[k][j];
	for (i = 0; i < n; i++)
		trace += m[i][i];
	asm volatile("" : "+r"(trace) : : "memory");
	return trace;
}

__thread int (*per_thread)(void);

int call_thread(void)
{
	return per_thread ? per_thread() : printf("none\n");
}
