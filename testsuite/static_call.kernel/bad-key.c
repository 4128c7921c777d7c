// SPDX-License-Identifier: GPL-2.0-or-later
/* A key that nobody can read. */
#define BAD_KEY "0xffff800000001000"
#include "bad.h"
