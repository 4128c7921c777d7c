// SPDX-License-Identifier: GPL-2.0-or-later
/* Of one object: the linker script is on make's command line. */
#include "../calls.h"
