/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the units share: a header with calls, tags and variables. */
#include <static_call.h>

typedef int fn(int);

struct ops {
	fn *read;
	fn *write;
};

struct file {
	const struct ops *ops;
};

struct tagged {
	fn *often STATIC_CALL_KEY;
	fn *through STATIC_CALL_KEY;
	fn *never STATIC_CALL_KEY;
};

extern fn *hook;            /* to be ranked first: four calls, two stores */
extern struct ops config;   /* two members, three calls, one of an unknown element */
extern fn *table[];         /* one constant index, two variable ones */
extern fn *_Atomic counted; /* no tag would help */
extern fn *key STATIC_CALL_KEY;
extern struct tagged tagged;

/* Compiled in every unit that includes it: each call counts once. */
static inline int shared(struct file *f, int i)
{
	return hook(i) + f->ops->read(i) + key(i) + table[i](i);
}
