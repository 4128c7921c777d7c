/* SPDX-License-Identifier: GPL-2.0-or-later */
#define CHECK_KEY_LINKAGE __attribute__((visibility("hidden")))
#define CHECK_KEY_ELSEWHERE
#include "check.h"
#include "check-key.h"
