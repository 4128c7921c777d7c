// SPDX-License-Identifier: GPL-2.0-or-later
/* Linked with the linker script, as a module should be. */
#include "calls.h"
