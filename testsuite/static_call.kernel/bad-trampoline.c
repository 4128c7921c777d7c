// SPDX-License-Identifier: GPL-2.0-or-later
/* A trampoline that is not code of the module. */
#define BAD_TRAMPOLINE "bad_key"
#include "bad.h"
