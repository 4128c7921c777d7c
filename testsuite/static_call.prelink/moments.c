/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * moments SIGNAL KIND OLD COMMAND...: the command, which makes a file of ended.exe, is ended by a
 * signal at each system call that it makes from the moment on in which it opens that file, once
 * before the call and once after it. Each time, ended.exe is OLD again first, and is that or
 * what the whole command makes of it then, and nobody else's file stays beside it.
 *
 * KIND: nameless, as the file system has it; named: it has no files without a name; unlinked: files
 * without a name get none (no /proc). An UNSUPPORTED line: nobody may be traced.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(condition)                                                     \
	do {                                                                 \
		if (!(condition)) {                                          \
			printf("FAIL: line %d: %s\n", __LINE__, #condition); \
			exit(1);                                             \
		}                                                            \
	} while (0)

/* <fcntl.h> has it for those who ask. */
#ifndef O_TMPFILE
#define O_TMPFILE (020000000 | O_DIRECTORY)
#endif

struct file {
	size_t size;
	char *bytes;
};

static struct file file_read(const char *name)
{
	struct file file = { 0 };
	FILE *in = fopen(name, "rb");

	CHECK(in && !fseek(in, 0, SEEK_END));
	file.size = ftell(in);
	file.bytes = malloc(file.size);
	rewind(in);
	CHECK(fread(file.bytes, 1, file.size, in) == file.size);
	fclose(in);
	return file;
}

static void file_write(const char *name, struct file file)
{
	FILE *out;

	unlink(name);
	out = fopen(name, "wb");
	CHECK(out && fwrite(file.bytes, 1, file.size, out) == file.size && !fclose(out));
}

static bool file_same(struct file a, struct file b)
{
	return a.size == b.size && !memcmp(a.bytes, b.bytes, a.size);
}

/* How many files lie beside ended.exe that are its new one; they are removed. */
static unsigned int left_behind(void)
{
	DIR *folder = opendir(".");
	struct dirent *entry;
	unsigned int n = 0;

	CHECK(folder);
	while ((entry = readdir(folder)))
		if (!strncmp(entry->d_name, ".ended.exe.", 11)) {
			unlink(entry->d_name);
			n++;
		}
	closedir(folder);
	return n;
}

/* What the program was about to do, or had done, when the signal came. */
struct moment {
	bool came;
	bool after; /* the system call */
	long call;
};

/* A name that an argument points to. */
static void read_text(pid_t pid, unsigned long address, char *text, size_t size)
{
	size_t i;
	long word;

	for (i = 0; i + sizeof(word) <= size; i += sizeof(word)) {
		errno = 0;
		word = ptrace(PTRACE_PEEKDATA, pid, address + i, 0);
		if (errno)
			break;
		memcpy(text + i, &word, sizeof(word));
		if (memchr(text + i, '\0', sizeof(word)))
			return;
	}
	text[i < size ? i : size - 1] = '\0';
}

/* Is this the system call that the file system, or a machine without /proc, refuses? */
static bool refused(const char *kind, pid_t pid, const struct user_regs_struct *r)
{
	char text[PATH_MAX + 8];

	if (r->orig_rax == SYS_openat && (r->rdx & O_TMPFILE) == O_TMPFILE)
		return !strcmp(kind, "named");
	if (r->orig_rax != SYS_linkat || strcmp(kind, "unlinked"))
		return false;
	read_text(pid, r->rsi, text, sizeof(text));
	return !strncmp(text, "/proc/", 6);
}

/*
 * Run it up to its end, which is the result. At stop number n, counted from the first that names
 * ended.exe, it gets the signal.
 */
static int run(char **command, const char *kind, int number, unsigned int n, struct moment *m)
{
	struct user_regs_struct r;
	bool after = false, counts = false, refuse = false;
	unsigned int stops = 0, row = 0;
	pid_t pid = fork();
	int status, pass = 0;

	CHECK(pid >= 0);
	*m = (struct moment){ 0 };
	if (!pid) {
		if (ptrace(PTRACE_TRACEME, 0, 0, 0))
			_exit(99);
		/* Who runs the tests may ignore it, and be imitated. */
		if (number)
			signal(number, SIG_DFL);
		raise(SIGSTOP);
		execv(command[0], command);
		_exit(98);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 99) {
		puts("UNSUPPORTED: ptrace is refused");
		exit(0);
	}
	CHECK(WIFSTOPPED(status) && !ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD));
	for (;;) {
		if (ptrace(PTRACE_SYSCALL, pid, 0, pass))
			CHECK(errno == ESRCH);
		CHECK(waitpid(pid, &status, 0) == pid);
		if (!WIFSTOPPED(status))
			return status;
		pass = 0;
		if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
			/* Signals reach it; the stop of execve() is no signal. */
			pass = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
			continue;
		}
		CHECK(!ptrace(PTRACE_GETREGS, pid, 0, &r));
		if (!after) {
			char text[PATH_MAX + 8];

			if (r.orig_rax == SYS_openat) {
				read_text(pid, r.rsi, text, sizeof(text));
				counts |= strstr(text, "ended.exe") != NULL;
			}
			refuse = refused(kind, pid, &r);
			if (refuse) {
				r.orig_rax = -1;
				CHECK(!ptrace(PTRACE_SETREGS, pid, 0, &r));
			}
		} else if (refuse) {
			r.rax = strcmp(kind, "named") ? -ENOENT : -EOPNOTSUPP;
			CHECK(!ptrace(PTRACE_SETREGS, pid, 0, &r));
			refuse = false;
		}
		/* Of many handlers that are set one by one, the first tells what all do. */
		row = r.orig_rax == SYS_rt_sigaction ? row + 1 : 0;
		if (counts && row <= 4 && stops++ == n) {
			*m = (struct moment){ true, after, r.orig_rax };
			kill(pid, number);
		}
		after = !after;
	}
}

/* The one moment for which a complete file has another name, which SIGKILL does not wait for. */
static bool between_names(const struct moment *m)
{
	return m->after ? m->call == SYS_linkat : m->call == SYS_rename;
}

int main(int argc, char **argv)
{
	int number = argc > 4 ? atoi(argv[1]) : 0, status, fd;
	unsigned int n, left, were_old = 0, were_new = 0, killed = 0;
	struct file old, made, now;
	struct moment m;

	CHECK(argc > 4);
	fd = open(".", O_WRONLY | O_TMPFILE, 0600);
	if (fd < 0 && strcmp(argv[2], "named")) {
		puts("UNSUPPORTED: the file system has no files without a name");
		return 0;
	}
	close(fd);
	old = file_read(argv[3]);
	left_behind();
	file_write("ended.exe", old);
	status = run(argv + 4, argv[2], 0, -1, &m);
	CHECK(WIFEXITED(status) && !WEXITSTATUS(status) && !left_behind());
	made = file_read("ended.exe");
	CHECK(!file_same(old, made));
	for (n = 0;; n++) {
		file_write("ended.exe", old);
		status = run(argv + 4, argv[2], number, n, &m);
		if (!m.came)
			break;
		killed += WIFSIGNALED(status) && WTERMSIG(status) == number;
		now = file_read("ended.exe");
		left = left_behind();
		if (left && (number != SIGKILL || left > 1 || !between_names(&m))) {
			printf("FAIL: %s, signal %d %s system call %ld: a file is left behind\n",
			       argv[2], number, m.after ? "after" : "before", m.call);
			return 1;
		}
		CHECK(file_same(now, old) || file_same(now, made));
		were_old += file_same(now, old);
		were_new += file_same(now, made);
		free(now.bytes);
	}
	CHECK(WIFEXITED(status) && !WEXITSTATUS(status));
	printf("%u moments, it was killed in %u; the old file %u times, the new one %u\n", n,
	       killed, were_old, were_new);
	/* There were moments before the new file, in its making, and after. */
	CHECK(n > 20 && killed > 20 && were_old > 10 && were_new > 1);
	puts("done");
	return 0;
}
