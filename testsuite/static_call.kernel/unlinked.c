// SPDX-License-Identifier: GPL-2.0-or-later
/* Linked without the linker script: nobody knows where its tables are. */
#include "calls.h"
