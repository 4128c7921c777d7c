/* SPDX-License-Identifier: MIT */
/*
 * static_call_dynamic.h - calls through pointers that are no keys: objects on the heap,
 * p->ops->fn(), virtual functions, callbacks. The runtime learns where they go, and
 * they become direct calls of what they mostly call.
 *
 *	STATIC_CALL_DYNAMIC		on a variable, a member, a parameter or a typedef of type
 *					pointer to function: calls through it learn, and share what
 *					they have learned
 *	STATIC_CALL_DYNAMIC_AS("name")	the same; all that give this name share it
 *	STATIC_CALL_NEVER		calls through it, or (on a function) all calls that it makes,
 *					stay as they are
 *
 * With -fplugin-arg-static_call-dynamic=all every other call through a pointer learns too, each on
 * its own, but in code that is rarely run.
 *
 *	struct file_ops {
 *		ssize_t (*read)(struct file *, void *, size_t) STATIC_CALL_DYNAMIC;
 *		...
 *	};
 *	typedef int (*compare_fn)(const void *, const void *) STATIC_CALL_DYNAMIC_AS("compare");
 *
 * The call of what a local variable holds is one through what it was loaded from, if the variable
 * has no tag of its own. It is the pointer that says what is called, always: what was learned
 * and is wrong now makes a call slower, not another one.
 */
#ifndef STATIC_CALL_DYNAMIC_H
#define STATIC_CALL_DYNAMIC_H

#include "static_call.h"

/* The attributes exist where the plugin is loaded, and only there. */
#ifdef STATIC_CALL_KEY_PLUGIN
#define STATIC_CALL_DYNAMIC          __attribute__((static_call_dynamic))
#define STATIC_CALL_DYNAMIC_AS(name) __attribute__((static_call_dynamic(name)))
#define STATIC_CALL_NEVER            __attribute__((static_call_never))
#else
#define STATIC_CALL_DYNAMIC
#define STATIC_CALL_DYNAMIC_AS(name)
#define STATIC_CALL_NEVER
#endif

#endif /* STATIC_CALL_DYNAMIC_H */
