/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shared.h"

/* Another one than that of one.c. */
static fn *quiet;

fn *get(void);

int two(struct file *f, const struct ops *o, fn **place, int i)
{
	struct ops *known = &config;
	fn *chosen = i ? hook : quiet;

	hook = table[1];
	return shared(f, i) + hook(i) + table[2](i) + table[i](i) + known->read(i) + o->write(i) +
	       (*place)(i) + get()(i) + chosen(i) + quiet(i);
}
