// SPDX-License-Identifier: GPL-2.0-or-later
/* Room for code that is data. */
#define BAD_ROOM "bad_words, bad_words + 8"
#include "bad.h"
