/* SPDX-License-Identifier: MIT */
/* port-types.h - types and constants of the port for Linux programs; see port.h. */
#ifndef STATIC_CALL_PORT_TYPES_H
#define STATIC_CALL_PORT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCRT_FILTER_SHIFT     19
#define SCRT_PAGE_BYTES       4096ul
#define SCRT_PORT_ASCENDING   0
#define SCRT_PORT_BREAKPOINTS 1
#define SCRT_PORT_ROUNDS      4
#define SCRT_PORT_BODIES      1
#define SCRT_PORT_DYNAMIC     1
#define SCRT_PORT_JUMPS       1
#define SCRT_PORT_LEARN_LATER 0
#define SCRT_PORT_ROOM        0
#define SCRT_PORT_PRELINKED   1

#endif /* STATIC_CALL_PORT_TYPES_H */
