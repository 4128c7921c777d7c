// SPDX-License-Identifier: GPL-2.0-or-later
/* What is wrong with a file: every check adds to the list, and main() prints it. */
#include <stdarg.h>
#include <stdio.h>

#include "static_call-check.h"

void problem(struct tables *t, uint64_t addr, const char *fmt, ...)
{
	struct problem *p = append(&t->problems, &t->n_problems, &t->room_problems, sizeof(*p));
	char text[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	p->addr = addr;
	p->text = format("%s", text);
}
