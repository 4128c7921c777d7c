// SPDX-License-Identifier: GPL-2.0-or-later
/* A name in the void. */
#define BAD_NAME "(bad_name + 0x40000000)"
#include "bad.h"
