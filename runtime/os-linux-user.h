/* SPDX-License-Identifier: MIT */
/*
 * os-linux-user.h - system calls without a libc, and what the files of the port for
 * Linux programs share.
 *
 *	os-linux-user.c		lock, memory, text window, core synchronisation
 *	os-linux-user-state.c	the state, and how copies of the runtime meet
 *	os-linux-user-proc.c	reading /proc
 */
#ifndef STATIC_CALL_OS_LINUX_USER_H
#define STATIC_CALL_OS_LINUX_USER_H

#include <asm/unistd.h>

#include "internal.h"

static inline long syscall6(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline long syscall4(long nr, long a, long b, long c, long d)
{
	register long r10 __asm__("r10") = d;
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline long syscall3(long nr, long a, long b, long c)
{
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline bool syscall_failed(long ret)
{
	return (unsigned long)ret > -4096ul;
}

#define SCRT_PAGE 4096ul

/*
 * The lock is in memory that a forked child finds zeroed: it is free then, and
 * .known 0 tells that this is a child.
 */
struct scrt_lock {
	uint32_t word;
	uint32_t known;
};

struct scrt_port {
	struct scrt_lock *lock;
	uint32_t pid; /* not 0: the lock is not zeroed by fork */
	bool sync_core;
};

/* An entry of /proc/thread-self/maps. */
struct scrt_mapping {
	uintptr_t lo, hi;
	uintptr_t offset, device, inode; /* of the file; inode 0: there is none */
	bool readable, writable, executable;
	char name[64]; /* its beginning */
};

/* An open maps file; small, for it may be on a signal stack. */
struct scrt_maps {
	int fd;
	unsigned int next, end;
	bool ended, failed;
	char buffer[1024];
};

#pragma GCC visibility push(hidden)
bool scrt_maps_open(struct scrt_maps *maps);
bool scrt_maps_next(struct scrt_maps *maps, struct scrt_mapping *mapping);
void scrt_maps_close(struct scrt_maps *maps);

/* The words of the variable STATIC_CALL; 0 in a program with more rights than its caller. */
#define SCRT_WORD_OFF 1u
#define SCRT_WORD_LOG 2u
unsigned int scrt_environment(void);

/* %fs of this thread; 0: it has none, or the kernel does not say. */
uintptr_t scrt_thread_pointer(void);
bool scrt_register_sync_core(void);
#pragma GCC visibility pop

#endif /* STATIC_CALL_OS_LINUX_USER_H */
