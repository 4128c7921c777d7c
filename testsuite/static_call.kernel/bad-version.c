// SPDX-License-Identifier: GPL-2.0-or-later
/* Of a plugin that is yet to come. */
#define BAD_VERSION "5"
#include "bad.h"
