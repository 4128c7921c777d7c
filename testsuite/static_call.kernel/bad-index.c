// SPDX-License-Identifier: GPL-2.0-or-later
/* A site with a record that is none. */
#define BAD_RECORD "bad_record + 128"
#include "bad.h"
