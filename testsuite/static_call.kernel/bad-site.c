// SPDX-License-Identifier: GPL-2.0-or-later
/* A site in the middle of the kernel. */
#define BAD_SITE "_printk"
#include "bad.h"
