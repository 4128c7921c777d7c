/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

extern int (*key)(int) STATIC_CALL_KEY;
int highest(int x);

STATIC_CALL_KEY_OFFER(key, highest, 0, 2);
