/* SPDX-License-Identifier: GPL-2.0-or-later */
/* syscalls.h - which system calls a function makes, counted in a traced child. */
#ifndef BENCH_SYSCALLS_H
#define BENCH_SYSCALLS_H

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define SYSCALLS_MARKER  SYS_getppid
#define SYSCALLS_NUMBERS 512

struct syscalls {
	int total; /* -1: this process may not trace */
	int mprotect;
	char text[256]; /* " 2 mprotect 1 membarrier" */
};

static const char *const syscall_names[] = {
	[SYS_mprotect] = "mprotect",
	[SYS_membarrier] = "membarrier",
	[SYS_futex] = "futex",
	[SYS_mmap] = "mmap",
	[SYS_munmap] = "munmap",
	[SYS_getpid] = "getpid",
	[SYS_gettid] = "gettid",
	[SYS_rt_sigprocmask] = "rt_sigprocmask",
	[SYS_memfd_create] = "memfd_create",
	[SYS_mremap] = "mremap",
	[SYS_pwrite64] = "pwrite64",
	[SYS_write] = "write",
	[SYS_close] = "close",
	[SYS_prlimit64] = "prlimit64",
};

static inline void syscalls_die(const char *what)
{
	fprintf(stderr, "counting system calls: %s\n", what);
	exit(1);
}

/*
 * The child runs fn between two markers; what it returns becomes the exit status. What
 * prepare does before, if it is not NULL, is not counted: a process's first time.
 */
static inline void syscalls_child(int (*prepare)(void *), int (*fn)(void *), void *data)
{
	int err;

	if (prepare && prepare(data))
		_exit(3);
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
		_exit(2);
	raise(SIGSTOP);
	syscall(SYSCALLS_MARKER);
	err = fn(data);
	syscall(SYSCALLS_MARKER);
	_exit(err);
}

static inline void syscalls_text(struct syscalls *calls, const int *count)
{
	size_t used = 0, names = sizeof(syscall_names) / sizeof(syscall_names[0]), i;

	for (i = 0; i < SYSCALLS_NUMBERS && used < sizeof(calls->text); i++) {
		if (!count[i])
			continue;
		used += i < names && syscall_names[i]
				? snprintf(calls->text + used, sizeof(calls->text) - used, " %d %s",
					   count[i], syscall_names[i])
				: snprintf(calls->text + used, sizeof(calls->text) - used,
					   " %d number %zu", count[i], i);
	}
}

static inline struct syscalls count_syscalls(int (*prepare)(void *), int (*fn)(void *), void *data)
{
	int count[SYSCALLS_NUMBERS] = { 0 }, status, entry = 1, markers = 0, i;
	struct syscalls calls = { -1, 0, "" };
	struct user_regs_struct regs;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		syscalls_die("fork");
	if (!pid)
		syscalls_child(prepare, fn, data);
	if (waitpid(pid, &status, 0) != pid)
		syscalls_die("waitpid");
	if (!WIFSTOPPED(status))
		return calls;
	ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)PTRACE_O_TRACESYSGOOD);
	for (;;) {
		ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
		if (waitpid(pid, &status, 0) != pid)
			syscalls_die("waitpid");
		if (!WIFSTOPPED(status))
			break;
		if (WSTOPSIG(status) != (SIGTRAP | 0x80))
			continue;
		if (entry && !ptrace(PTRACE_GETREGS, pid, NULL, &regs)) {
			if (regs.orig_rax == SYSCALLS_MARKER)
				markers++;
			else if (markers == 1 && regs.orig_rax < SYSCALLS_NUMBERS)
				count[regs.orig_rax]++;
		}
		entry = !entry;
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) || markers != 2)
		syscalls_die("the traced function failed");
	calls.total = 0;
	for (i = 0; i < SYSCALLS_NUMBERS; i++)
		calls.total += count[i];
	calls.mprotect = count[SYS_mprotect];
	syscalls_text(&calls, count);
	return calls;
}

#endif
