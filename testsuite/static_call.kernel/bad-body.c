// SPDX-License-Identifier: GPL-2.0-or-later
/* A guard that leads elsewhere than on, or to its slow path: no jump label can. */
#define BAD_BODY "bad_slow - ."
#include "bad.h"
