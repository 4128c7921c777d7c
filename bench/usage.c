/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usage FILE COMMAND...: run COMMAND, and append a line to FILE: the seconds of processor time
 * that it took, and the most memory that it had, in KiB. Leaves with its status.
 *
 * User and system time together: what is the one and what is the other, most kernels tell by where
 * a tick of the clock meets the program, every few milliseconds (CONFIG_TICK_CPU_ACCOUNTING). Of
 * a program that makes many system calls the parts are off by ten per cent, but the sum is not.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds_of(struct timeval t)
{
	return t.tv_sec + t.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
	struct rusage usage;
	int status;
	FILE *out;
	pid_t pid;

	if (argc < 3)
		return 2;
	pid = fork();
	if (pid < 0) {
		perror("usage: fork");
		return 2;
	}
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &usage) != pid) {
		perror("usage: wait4");
		return 2;
	}
	out = fopen(argv[1], "a");
	if (!out) {
		perror(argv[1]);
		return 2;
	}
	fprintf(out, "%.6f %ld\n", seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
		usage.ru_maxrss);
	if (fclose(out))
		return 2;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
