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
#ifndef INT32_MAX
#define INT32_MAX S32_MAX
#endif

#define SCRT_PAGE_BYTES       PAGE_SIZE
#define SCRT_FILTER_SHIFT     12 /* a kernel has a few hundred keys, and pays for the table */
#define SCRT_PORT_ASCENDING   1  /* so are batches of text_poke_queue() */
#define SCRT_PORT_BREAKPOINTS 0  /* they are kprobes, and not for us to work under */
#define SCRT_PORT_ROUNDS      1  /* text_mutex keeps all others from writing */
#define SCRT_PORT_BODIES      1
#if defined(MODULE) || defined(CONFIG_STATIC_CALL_KEY_DYNAMIC)
#define SCRT_PORT_DYNAMIC 1
#else
#define SCRT_PORT_DYNAMIC 0 /* a kernel that has the runtime built in, without any such calls */
#endif
#define SCRT_PORT_JUMPS       0
#define SCRT_PORT_LEARN_LATER 1
#define SCRT_PORT_ROOM        1
#define SCRT_PORT_PRELINKED   0 /* modules are relocated, code and all */

#endif /* STATIC_CALL_PORT_TYPES_H */
