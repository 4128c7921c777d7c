// SPDX-License-Identifier: GPL-2.0-or-later
#define SHARED_ADDS 100
#include "dynamic-shared.h"
