// SPDX-License-Identifier: GPL-2.0-or-later
/* The state of a dynamic call leads out of the module. */
#define BAD_PLAIN "bad_record"
#include "bad.h"
