/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of dynamic calls share: how to see what a call has learned. */
#ifndef SCKT_DYNAMIC_H
#define SCKT_DYNAMIC_H

#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kallsyms.h>
#include <linux/string.h>
#include <static_call_dynamic.h>

#include "test.h"

struct sckt_ops {
	int (*fn)(int);
	int (*tail)(int);
	int (*named)(int) STATIC_CALL_DYNAMIC_AS("sckt named");
	long (*many)(long a, long b, long c, long d, long e, long f, long g, long h);
};

struct sckt_object {
	const struct sckt_ops *ops;
};

struct sckt_look {
	const void *caller; /* the function whose call is meant, */
	const char *name;   /* ... or the name of the state */
	struct static_call_dynamic_info info;
};

/* Is this in the function? */
static inline bool sckt_within(const void *address, const void *function)
{
	char in[KSYM_SYMBOL_LEN], name[KSYM_SYMBOL_LEN];

	sprint_symbol_no_offset(in, (unsigned long)address);
	sprint_symbol_no_offset(name, (unsigned long)function);
	return !strcmp(in, name);
}

static inline int sckt_look_at(const struct static_call_dynamic_info *info, void *data)
{
	struct sckt_look *look = data;

	if (look->name ? !info->name || strcmp(info->name, look->name)
		       : info->name || !sckt_within(info->site, look->caller))
		return 0;
	look->info = *info;
	return 1;
}

/* What is known of the call; false: nothing. */
static inline bool sckt_look(struct sckt_look *look)
{
	return static_call_dynamic_for_each(sckt_look_at, look) == 1;
}

/* Does the call compare with this function, first of all? */
static inline bool sckt_knows(const void *caller, const void *function)
{
	struct sckt_look look = { .caller = caller };

	return sckt_look(&look) && look.info.state == STATIC_CALL_DYNAMIC_LEARNED &&
	       look.info.function[0] == function;
}

/*
 * Call it until the condition holds, for a minute: whoever decides does so a little later, and
 * on a slow machine not too often.
 */
#define sckt_until(call, condition)                                \
	({                                                         \
		unsigned long _end = jiffies + 60 * HZ;            \
		int _n;                                            \
		bool _ok = true;                                   \
                                                                   \
		while (time_before(jiffies, _end) && _ok && !(condition)) { \
			for (_n = 0; _n < 1024 && _ok; _n++)       \
				_ok = (call);                      \
			usleep_range(2000, 4000);                  \
		}                                                  \
		_ok && (condition);                                \
	})

/* Where the instruction of a call leads. */
static inline unsigned long sckt_leads(const void *site)
{
	const u8 *code = site;
	s32 distance;

	memcpy(&distance, code + 1, sizeof(distance));
	return (unsigned long)code + 5 + distance;
}

#endif
