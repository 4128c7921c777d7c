// SPDX-License-Identifier: GPL-2.0-or-later
/* Nothing is wrong: this one is loaded. */
#include "bad.h"
