/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deny NR[,NR...][:ERRNO] PROGRAM ARGS: run a program to which these system calls say
 * ENOSYS, or this error.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct sock_filter filter[64] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	};
	struct sock_fprog prog = { 1, filter };
	int number = ENOSYS;
	char *p;

	if (argc < 3)
		return 2;
	p = strchr(argv[1], ':');
	if (p) {
		number = atoi(p + 1);
		*p = 0;
	}
	for (p = strtok(argv[1], ","); p && prog.len < 60; p = strtok(NULL, ",")) {
		filter[prog.len++] = (struct sock_filter)
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, atoi(p), 0, 1);
		filter[prog.len++] = (struct sock_filter)
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | number);
	}
	filter[prog.len++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog)) {
		perror("deny");
		return 2;
	}
	execv(argv[2], argv + 2);
	perror(argv[2]);
	return 2;
}
