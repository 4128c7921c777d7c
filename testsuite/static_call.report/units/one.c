/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shared.h"
#include <string.h>

fn *hook, *table[4], *key;
fn *_Atomic counted;
struct ops config;
struct tagged tagged;
static fn *quiet;
static int target(int i)
{
	return i;
}

static fn *const fixed = target; /* GCC calls the target itself */

fn *unused STATIC_CALL_KEY;

int one(struct file *f, struct tagged *t, fn *cb, int i)
{
	fn *old = hook;

	hook = cb;
	config.read = cb;
	quiet = cb;
	memset(&config, 0, sizeof(config));
	return shared(f, i) + hook(i) + old(i) + config.read(i) + config.write(i) + quiet(i) +
	       counted(i) + fixed(i) + t->through(i) + tagged.often(i) + key(i) + cb(i);
}
