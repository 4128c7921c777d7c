// SPDX-License-Identifier: GPL-2.0-or-later
/* A record of another version. */
#define BAD_RECORD_VERSION "5"
#include "bad.h"
