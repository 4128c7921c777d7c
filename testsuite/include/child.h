/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a child process says: its standard error, up to its end. */
#ifndef CHILD_H
#define CHILD_H

#include <sys/wait.h>
#include <unistd.h>

struct child {
	pid_t pid;
	int said;
	size_t length; /* of what it has said */
};

/* fork(): 0 in the child. */
static pid_t child_start(struct child *child)
{
	int ends[2];

	CHECK(pipe(ends) == 0);
	child->pid = fork();
	CHECK(child->pid >= 0);
	if (!child->pid)
		dup2(ends[1], 2);
	close(ends[1]);
	child->said = ends[0];
	return child->pid;
}

/* Its status, as of waitpid(); what it has said, as a string, is in text. */
static int child_end(struct child *child, char *text, size_t size)
{
	ssize_t got;
	int status;

	child->length = 0;
	while ((got = read(child->said, text + child->length, size - 1 - child->length)) > 0)
		child->length += got;
	text[child->length] = '\0';
	close(child->said);
	CHECK(waitpid(child->pid, &status, 0) == child->pid);
	return status;
}

#endif
