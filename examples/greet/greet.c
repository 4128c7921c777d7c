// SPDX-License-Identifier: MIT
/* greet.c - calls the hook, as any C code calls through a pointer. */
#include "greet.h"
#include <stdio.h>

static void show_plainly(const char *text)
{
	puts(text);
}

void (*greet_show)(const char *text) = show_plainly;

void greet(const char *name)
{
	char text[80];

	snprintf(text, sizeof(text), "Hello, %s.", name);
	greet_show(text);
}
