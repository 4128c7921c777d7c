/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <static_call.h>

typedef int quiet(int) STATIC_CALL_KEY_CLOBBERS("rax");

extern quiet other;
