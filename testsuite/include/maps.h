/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What /proc says of this process's memory. */
#ifndef MAPS_H
#define MAPS_H

#include <stdio.h>
#include <string.h>

/* How many mappings there are, and kilobytes in them. */
__attribute__((unused)) static int mappings(long *kb)
{
	FILE *f = fopen("/proc/self/maps", "r");
	char line[512];
	unsigned long lo, hi;
	int n = 0;

	*kb = 0;
	while (fgets(line, sizeof(line), f)) {
		n++;
		if (sscanf(line, "%lx-%lx", &lo, &hi) == 2)
			*kb += (hi - lo) / 1024;
	}
	fclose(f);
	return n;
}

/* Is any memory writable and executable? */
__attribute__((unused)) static int text_is_writable(void)
{
	FILE *f = fopen("/proc/self/maps", "r");
	char line[512];
	int yes = 0;

	while (fgets(line, sizeof(line), f))
		yes |= strstr(line, "rwx") != NULL;
	fclose(f);
	return yes;
}

#endif
