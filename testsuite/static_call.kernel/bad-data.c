// SPDX-License-Identifier: GPL-2.0-or-later
/* A site in data. */
#define BAD_SITE "bad_key"
#include "bad.h"
