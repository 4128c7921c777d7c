/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bodies.h"

#define TARGETS_(name) TARGETS(, name)

TARGETS_(NAME)
