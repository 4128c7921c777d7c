// SPDX-License-Identifier: GPL-2.0-or-later
/* A guard that the kernel knows nothing of: the module's jump label is another instruction. */
#define BAD_LABEL "bad_other"
#include "bad.h"
