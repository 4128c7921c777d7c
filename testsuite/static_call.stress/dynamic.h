/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dynamic.h - what dynamic.c and its libraries know of each other. */
#ifndef DYNAMIC_H
#define DYNAMIC_H

#include "check.h"

#include <static_call_dynamic.h>

typedef unsigned long (*fn)(unsigned long);

/* A target marks its argument, so that a call to another place is seen. */
#define MARKED(target, x) ((x) ^ (0x5a17c000ul + (target)))

/* Numbers of targets: of the program, and of the libraries. */
#define TARGETS	   16
#define TARGET_LIB 16 /* and 17 */

#endif /* DYNAMIC_H */
