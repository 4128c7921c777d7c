// SPDX-License-Identifier: GPL-2.0-or-later
/* A table before the memory of the module. */
#define BAD_RECORDS_START "bad_record - 0x40000000"
#include "bad.h"
