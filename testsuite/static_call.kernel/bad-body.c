// SPDX-License-Identifier: GPL-2.0-or-later
/* A guard that leads into the middle of the kernel. */
#define BAD_BODY "_printk"
#include "bad.h"
