// SPDX-License-Identifier: GPL-2.0-or-later
/* A table that ends somewhere else. */
#define BAD_SITES_STOP "bad_sites + 0x40000000"
#include "bad.h"
