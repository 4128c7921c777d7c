/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Backends, in a library that calls through no key. */
#include "check.h"
#include "bodies-1.h"

long nothing(long x, long *word) { (void)word; return x; }
long seven(long x, long *word) { (void)x; (void)word; return 7; }
long load(long x, long *word) { (void)x; return *word; }
NOIPA long called(long x, long *word) { (void)word; return x; }
