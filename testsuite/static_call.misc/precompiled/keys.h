/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <static_call.h>

extern int (*key)(int) STATIC_CALL_KEY;
