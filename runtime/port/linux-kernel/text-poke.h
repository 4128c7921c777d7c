/* SPDX-License-Identifier: MIT */
/* text-poke.h - the kernel's batches of changes to text, by the names that they had until 6.15. */
#ifndef STATIC_CALL_TEXT_POKE_H
#define STATIC_CALL_TEXT_POKE_H

#include <linux/version.h>
#include <asm/text-patching.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
#define text_poke_queue  smp_text_poke_batch_add
#define text_poke_finish smp_text_poke_batch_finish
#endif

#endif /* STATIC_CALL_TEXT_POKE_H */
