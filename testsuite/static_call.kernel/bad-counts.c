// SPDX-License-Identifier: GPL-2.0-or-later
/* Room for what is counted that is not the module's. */
#define BAD_COUNTS "bad_words - 0x40000000, bad_words"
#include "bad.h"
