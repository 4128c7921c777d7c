/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A forked child that never calls the runtime learns by itself. */
#include <sys/wait.h>

#include "enough.h"
#include "dynamic.h"

#define SECONDS 10

STATES;
CALL(call, thunk);
CALL(other, thunk);
MODULE_AUTO

int main(void)
{
	int status;
	pid_t pid;

	make_calls(call, 1, 100);
	pid = fork();
	if (!pid) {
		make_calls(call, 1, 20000);
		make_calls(other, 2, 40000);
		CHECK(learned(call, 1, 1) && learned(other, 1, 2));
		/* Its own child too. */
		pid = fork();
		if (pid) {
			CHECK(waitpid(pid, &status, 0) == pid && !status);
			exit(0);
		}
		time_limit(SECONDS);
		while (!learned(call, 1, 3) && !time_is_over())
			make_calls(call, 3, 1000);
		CHECK(learned(call, 1, 3));
		exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status);
	puts("ok");
	return 0;
}
