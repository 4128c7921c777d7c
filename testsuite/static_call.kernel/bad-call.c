// SPDX-License-Identifier: GPL-2.0-or-later
/* A dynamic call outside of the module's text. */
#define BAD_DYNAMIC "bad_record"
#include "bad.h"
