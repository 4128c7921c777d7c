/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For tests whose modules are written by hand: CHECK, and MODULE_AUTO, which is the MODULE of
 * the header that includes this one with a constructor and a destructor.
 */
#ifndef BY_HAND_H
#define BY_HAND_H

#include <stdio.h>
#include <stdlib.h>

#define MODULE_AUTO								\
	MODULE									\
	__attribute__((constructor(101))) static void module_register(void)	\
	{									\
		if (static_call_key_rt_register)				\
			static_call_key_rt_register(&module);			\
	}									\
	__attribute__((destructor(101))) static void module_unregister(void)	\
	{									\
		if (static_call_key_rt_unregister)				\
			static_call_key_rt_unregister(&module);			\
	}

#define CHECK(cond) do {							\
	if (!(cond)) {								\
		fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #cond); \
		exit(1);							\
	}									\
} while (0)

#endif
