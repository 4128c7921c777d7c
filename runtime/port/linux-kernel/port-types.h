/* SPDX-License-Identifier: MIT */
/* port-types.h - types and constants of the port for the Linux kernel; see port.h. */
#ifndef STATIC_CALL_PORT_TYPES_H
#define STATIC_CALL_PORT_TYPES_H

#include <asm/page.h>
#include <linux/limits.h>
#include <linux/stddef.h>
#include <linux/types.h>

#ifndef UINTPTR_MAX
#define UINTPTR_MAX (~(uintptr_t)0)
#endif

#define SCRT_PAGE_BYTES       PAGE_SIZE
#define SCRT_FILTER_SHIFT     12 /* a kernel has a few hundred keys, and pays for the table */
#define SCRT_PORT_BREAKPOINTS 0  /* they are kprobes, and not for us to work under */
#define SCRT_PORT_ROUNDS      1  /* text_mutex keeps all others from writing */
#define SCRT_PORT_BODIES      1
#define SCRT_PORT_DYNAMIC     0 /* sites of dynamic calls stay as linked */
#define SCRT_PORT_PRELINKED   0 /* modules are relocated, code and all */

#endif /* STATIC_CALL_PORT_TYPES_H */
