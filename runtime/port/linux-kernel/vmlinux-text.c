// SPDX-License-Identifier: MIT
/*
 * vmlinux-text.c - which sites may be patched, in a kernel that has the runtime built in:
 * its own and those of loadable modules.
 *
 * Exit functions of what is built in are in the image while it boots, but they never
 * run, and are no text to the kernel: their sites are left as they are.
 */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <asm/sections.h>

#include "guards.h"
#include "linux-kernel.h"

/* vmlinux is one piece with this code; modules are not. */
int scrt_text_check(struct scrt_module *m)
{
	int err = scrt_modules_text(m);
	uint32_t i;

	if (err)
		return err;
	if (m->text)
		return IS_ENABLED(CONFIG_UML); /* which maps them writable for good */
	for (i = 0; i < m->nsites + m->nguards; i++)
		if (!memory_contains(_stext, _end, (void *)scrt_site_address(m, i),
				     SCRT_SITE_BYTES))
			return -EFAULT;
	return 0;
}

/*
 * Between pushf and pop, which only sealed keys have, unwind data tells of the call that could
 * stand there: a stack trace from an interrupt at that instruction ends one frame early.
 */
bool scrt_text_may_hold(uint64_t body)
{
	return !IS_ENABLED(CONFIG_UML);
}

bool scrt_text_never_runs(const struct scrt_module *m, uintptr_t site)
{
	return !m->text && !kernel_text_address(site);
}
