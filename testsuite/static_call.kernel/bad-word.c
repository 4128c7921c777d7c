// SPDX-License-Identifier: GPL-2.0-or-later
/* A guard whose function's address is somewhere else. */
#define BAD_WORD "bad_words - 0x40000000"
#include "bad.h"
