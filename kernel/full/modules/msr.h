/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For modules about a function of vmlinux that has a site: __rdmsr_on_cpu(), which is executed
 * once for each rdmsrl_on_cpu(), on that processor, calls pv_ops.cpu.read_msr.
 */
#ifndef SCKT_MSR_H
#define SCKT_MSR_H

#include <linux/kallsyms.h>
#include <linux/static_call_key.h>
#include <linux/string.h>
#include <asm/msr.h>
#include <asm/paravirt.h>

#define SCKT_CALLER "__rdmsr_on_cpu"

/* Nobody else reads this one, so that it may seem to have another value. */
#define SCKT_MSR    MSR_IA32_SYSENTER_EIP

typedef u64 sckt_read_msr(unsigned int msr);

static int sckt_is_caller(const struct static_call_key_site_info *info, void *data)
{
	char name[KSYM_SYMBOL_LEN];

	sprint_symbol_no_offset(name, (unsigned long)info->site);
	if (strcmp(name, SCKT_CALLER))
		return 0;
	*(const u8 **)data = info->site;
	return 1;
}

/* Its site; NULL if it has none. */
static inline const u8 *sckt_caller_site(void)
{
	const u8 *site = NULL;

	static_call_key_for_each_site(&pv_ops.cpu.read_msr, sckt_is_caller, &site);
	return site;
}

static inline bool sckt_give(sckt_read_msr *target)
{
	return static_call_key_update(&pv_ops.cpu.read_msr, target) == 0;
}

#endif
