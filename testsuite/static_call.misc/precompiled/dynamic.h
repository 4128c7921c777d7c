/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <static_call_dynamic.h>

struct ops {
	int (*call)(int) STATIC_CALL_DYNAMIC;
};
