/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inject FIRST COUNT ERRNO PROGRAM ARGS: run a program, of which COUNT system calls
 * that libstatic_call.so makes, from number FIRST on, are refused with ERRNO. The
 * last lines of output say which the library made, and how many. Ends as the program
 * does; by a signal: with 128 and its number.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned long text_lo, text_hi;
static unsigned char seen[1024];

/* Where is the library's code? It is looked for until it is there. */
static int from_library(pid_t pid, unsigned long ip)
{
	char name[64], line[512];
	FILE *f;

	if (!text_hi) {
		snprintf(name, sizeof(name), "/proc/%d/maps", pid);
		f = fopen(name, "r");
		while (f && !text_hi && fgets(line, sizeof(line), f))
			if (strstr(line, "libstatic_call.so") && strstr(line, "r-xp"))
				sscanf(line, "%lx-%lx", &text_lo, &text_hi);
		if (f)
			fclose(f);
	}
	return ip >= text_lo && ip < text_hi;
}

int main(int argc, char **argv)
{
	int status, entry = 0, ours = 0, refuse = 0, signal_number;
	long first, count, number, made = 0;
	struct user_regs_struct r;
	pid_t pid;

	if (argc < 5)
		return 2;
	first = atol(argv[1]);
	count = atol(argv[2]);
	number = atol(argv[3]);
	pid = fork();
	if (!pid) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0)) {
			perror("ptrace");
			_exit(77);
		}
		raise(SIGSTOP);
		execv(argv[4], argv + 4);
		perror(argv[4]);
		_exit(2);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		return 77;
	ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
	for (signal_number = 0;;) {
		if (ptrace(PTRACE_SYSCALL, pid, 0, signal_number) || waitpid(pid, &status, 0) != pid)
			return 2;
		if (WIFEXITED(status) || WIFSIGNALED(status))
			break;
		signal_number = WSTOPSIG(status);
		if (signal_number != (SIGTRAP | 0x80)) {
			if (signal_number == SIGTRAP)
				signal_number = 0;	/* exec */
			continue;
		}
		signal_number = 0;
		entry = !entry;
		if (ptrace(PTRACE_GETREGS, pid, 0, &r))
			return 2;
		if (entry) {
			ours = from_library(pid, r.rip);
			made += ours;
			if (ours && r.orig_rax < sizeof(seen))
				seen[r.orig_rax] = 1;
			refuse = ours && made >= first && made < first + count;
			if (refuse) {
				r.orig_rax = -1;
				ptrace(PTRACE_SETREGS, pid, 0, &r);
			}
		} else if (refuse) {
			r.rax = -number;
			ptrace(PTRACE_SETREGS, pid, 0, &r);
		}
	}
	printf("numbers");
	for (count = 0; count < (long)sizeof(seen); count++)
		if (seen[count])
			printf(" %ld", count);
	printf("\nmade %ld\n", made);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
