// SPDX-License-Identifier: MIT
/*
 * memory.c - memory of its own for the runtime, and looks at that of others.
 */
#include <linux/futex.h>
#include <linux/mman.h>

#include "linux-user.h"

void *scrt_alloc(size_t bytes)
{
	long p = syscall6(__NR_mmap, 0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	return syscall_failed(p) ? NULL : (void *)p;
}

void scrt_free(void *p, size_t bytes)
{
	syscall3(__NR_munmap, (long)p, bytes, 0);
}

/* The kernel compares the word there with one that it hardly is, and does not wait. */
int scrt_readable(uintptr_t address)
{
	static const struct {
		long s, ns;
	} now = { 0, 0 };
	long err = syscall4(__NR_futex, address & ~3ul, FUTEX_WAIT_PRIVATE, 0x5ca11, (long)&now);

	if (err == -EFAULT)
		return 0;
	return !err || err == -EAGAIN || err == -ETIMEDOUT || err == -EINTR ? 1 : -ENOSYS;
}
