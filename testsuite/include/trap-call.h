/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One system call of the program is trapped, and made by a handler, which may do something
 * before, or say something else: trap_call(SYS_mprotect, handler, 0). The handler makes it with
 * TRAP_PASS as its sixth argument, which none of these calls has.
 */
#ifndef TRAP_CALL_H
#define TRAP_CALL_H

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define TRAP_PASS 0x5ca1

/* Its registers, of which REG_RAX is for the result. */
static inline greg_t *trap_registers(void *context)
{
	return ((ucontext_t *)context)->uc_mcontext.gregs;
}

/* Make the call, of three arguments or fewer, as it was meant. */
static inline void trap_make(greg_t *r, int number)
{
	long result = syscall(number, r[REG_RDI], r[REG_RSI], r[REG_RDX], 0, 0, TRAP_PASS);

	r[REG_RAX] = result == -1 ? -errno : result;
}

/* flags: more of struct sigaction. 0, or not: the kernel has no filters. */
static inline int trap_call(int number, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned int)number, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TRAP_PASS, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]), filter };
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags };

	return sigaction(SIGSYS, &action, NULL) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#endif
