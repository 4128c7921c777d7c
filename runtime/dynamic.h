/* SPDX-License-Identifier: MIT */
/* dynamic.h - modules with dynamic calls come and go; see dynamic.c. */
#ifndef SCRT_DYNAMIC_H
#define SCRT_DYNAMIC_H

#include "state.h"

#if SCRT_PORT_DYNAMIC

#pragma GCC visibility push(hidden)

/* Let the dynamic calls of this module learn, if it has any; m->why_dynamic if they cannot. */
void scrt_dynamic_register(struct scrt_state *s, struct scrt_module *m);

/* Let their sites be as linked. */
void scrt_dynamic_unregister(struct scrt_state *s, struct scrt_module *m);

/* Give back the memory of those in whose code no thread can be any more. */
void scrt_dynamic_drop(struct scrt_state *s);

#pragma GCC visibility pop

#else

static inline void scrt_dynamic_register(struct scrt_state *s, struct scrt_module *m)
{
	(void)s;
	(void)m;
}

static inline void scrt_dynamic_unregister(struct scrt_state *s, struct scrt_module *m)
{
	(void)s;
	(void)m;
}

#endif

#endif /* SCRT_DYNAMIC_H */
