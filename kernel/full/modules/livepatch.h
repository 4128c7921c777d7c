/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What replaces __rdmsr_on_cpu(): the same, counted, compiled with the plugin and without. */
#ifndef SCKT_LIVEPATCH_H
#define SCKT_LIVEPATCH_H

#include <linux/atomic.h>
#include <linux/percpu.h>

#include "msr.h"

extern atomic_long_t sckt_replaced_calls;

static __always_inline void sckt_replacement(void *info)
{
	struct msr_info *rv = info;
	struct msr *reg = rv->msrs ? this_cpu_ptr(rv->msrs) : &rv->reg;

	atomic_long_inc(&sckt_replaced_calls);
	rdmsr(rv->msr_no, reg->l, reg->h);
}

void sckt_plain_replacement(void *info);

#endif
