// SPDX-License-Identifier: GPL-2.0-or-later
/* A table of dynamic calls that is not the module's. */
#define BAD_DYNAMICS "bad_record - 0x40000000, bad_record"
#include "bad.h"
