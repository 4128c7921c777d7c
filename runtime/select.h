/* SPDX-License-Identifier: MIT */
/* select.h - keys hold the best of what is offered to them; see select.c. Without the lock. */
#ifndef STATIC_CALL_SELECT_H
#define STATIC_CALL_SELECT_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* A module was registered: select for the keys that it offers to. */
void scrt_select_register(const struct static_call_key_module *desc);

/* A module is about to be unregistered: no key shall hold a function that it offers. */
void scrt_select_unregister(const struct static_call_key_module *desc);

#pragma GCC visibility pop

#endif /* STATIC_CALL_SELECT_H */
