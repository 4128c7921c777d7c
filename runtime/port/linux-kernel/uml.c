// SPDX-License-Identifier: MIT
/*
 * uml.c - instead of builtin.c, for a User Mode Linux
 * (ARCH=um, 64 bits, one processor), which is a process of another Linux, the host.
 *
 * The text of vmlinux is a mapping of that process. While a window is open it is writable
 * and executable, as in a program; a host that does not allow that makes updates
 * fail, and they change nothing. A site changes by one aligned store of eight bytes.
 * Loadable modules lie in memory that this architecture maps writable and executable
 * for good: they need no window.
 *
 * Meanwhile no other task runs, for nothing here sleeps and there is no kernel preemption.
 * Interrupts are signals of the host, and are not held back: a handler reaches the old or
 * the new target of each site, and an update of its own is refused as in any kernel.
 * Threads of the host that share this memory (the I/O threads of drivers) do run, on other
 * processors of the host, and see each site change as those of a program do:
 * membarrier() serialises them before an update returns. Where the host has no such call
 * (Linux before 4.16, a filter of system calls), they follow when the host interrupts
 * them next. Processes of the guest have memory of their own, with no text of the kernel.
 *
 * The architecture's -mcmodel=large has no direct calls: the kernel and its modules are
 * built with -mcmodel=kernel, by which the plugin knows kernel code, too. vmlinux lies at
 * 0x60000000. Modules lie behind the heap of the process and the memory of the guest, and
 * are only loaded below 2 GiB: both have to leave room there (setarch -R, mem=256M).
 */
#include <linux/kernel.h>
#include <linux/membarrier.h>
#include <asm/sync_core.h>
#include <asm/unistd.h>
#include <os.h>

#include "linux-kernel.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

static bool have_membarrier;

static long host_membarrier(int command)
{
	register unsigned long cpu asm("rdx") = 0;
	long ret = __NR_membarrier;

	asm volatile("syscall"
		     : "+a"(ret)
		     : "D"(command), "S"(0ul), "r"(cpu)
		     : "rcx", "r11", "memory");
	return ret;
}

int scrt_text_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return os_protect_memory((void *)lo, hi - lo, 1, 1, 1);
}

int scrt_text_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return os_protect_memory((void *)lo, hi - lo, 1, 0, 1);
}

void scrt_text_write(struct scrt_module *m, uintptr_t site, uint64_t form, uint64_t branch)
{
	scrt_form_store(site, form);
}

/*
 * For scrt_sync_cores(). The architecture has none. This processor needs nothing, for
 * it writes through the address that it runs from; this is for the host's other threads.
 */
void sync_core(void)
{
	if (have_membarrier)
		host_membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE);
}

static int __init membarrier_init(void)
{
	have_membarrier = !host_membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE);
	return 0;
}
early_initcall(membarrier_init);
