/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module that exports a member, and a type, whose calls learn. */
module;
#include <static_call_dynamic.h>
export module dynamic;

export struct object {
	int (*call)(int) STATIC_CALL_DYNAMIC;
};

export typedef int (*callback)(int) STATIC_CALL_DYNAMIC;
