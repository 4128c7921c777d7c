// SPDX-License-Identifier: GPL-2.0-or-later
/* The state of a dynamic call is somewhere else. */
#define BAD_STATE "bad_state - 0x40000000"
#include "bad.h"
