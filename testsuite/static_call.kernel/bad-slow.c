// SPDX-License-Identifier: GPL-2.0-or-later
/* A guard whose slow path is in the middle of the kernel. */
#define BAD_SLOW "_printk"
#include "bad.h"
