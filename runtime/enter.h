/* SPDX-License-Identifier: MIT */
/* enter.h - into the runtime and out of it; see enter.c. */
#ifndef STATIC_CALL_ENTER_H
#define STATIC_CALL_ENTER_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* Find the state and take the lock; 0, -EDEADLK or what scrt_find_state() says. */
int scrt_enter(struct scrt_state **s);

#if SCRT_PORT_DYNAMIC && !SCRT_PORT_LEARN_LATER
/* Take the lock if nobody has it; for who came here without calling the runtime. */
bool scrt_try_enter(struct scrt_state *s);
#endif

/* Release the lock, when the stores of those who asked meanwhile have been followed. */
void scrt_leave(struct scrt_state *s);

#pragma GCC visibility pop

#endif /* STATIC_CALL_ENTER_H */
