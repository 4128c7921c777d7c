// SPDX-License-Identifier: GPL-2.0-or-later
#define SHARED_NAME "shared_b"
#include "shared.h"
