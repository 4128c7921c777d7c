// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * count.c - the only program of a kernel that is run to count its instructions:
 * under qemu -icount the time stamp counter is the number of instructions that the
 * processor has executed. Prints, for each operation, the least of several rounds; with warm= among
 * the kernel's options, after so many that calls can learn.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE   4096ul
#define PAGES  256
#define ROUNDS 15

static char *area;
static int to_child[2], to_parent[2];

static void must(int ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(1);
}

static void touch(void)
{
	for (size_t i = 0; i < PAGES; i++)
		*(volatile char *)(area + i * PAGE) += 1;
}

static void map(void)
{
	area = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	must(area != MAP_FAILED, "mmap");
}

static void unmap(void)
{
	must(!munmap(area, PAGES * PAGE), "munmap");
}

static void map_touch_unmap(void)
{
	map();
	touch();
	unmap();
}

static void protect(void)
{
	must(!mprotect(area, PAGES * PAGE, PROT_READ), "mprotect");
	must(!mprotect(area, PAGES * PAGE, PROT_READ | PROT_WRITE), "mprotect");
}

static void fork_exit_wait(void)
{
	pid_t pid = fork();

	must(pid >= 0, "fork");
	if (!pid)
		_exit(0);
	must(waitpid(pid, NULL, 0) == pid, "waitpid");
}

static void fork_exec_wait(void)
{
	pid_t pid = fork();

	must(pid >= 0, "fork");
	if (!pid) {
		execl("/init", "/init", "exit", NULL);
		_exit(1);
	}
	must(waitpid(pid, NULL, 0) == pid, "waitpid");
}

static void ping_pong(void)
{
	char byte = 0;

	must(write(to_child[1], &byte, 1) == 1 && read(to_parent[0], &byte, 1) == 1, "pipe");
}

static void null_call(void)
{
	syscall(SYS_getppid);
}

static int file;

static void read_file(void)
{
	char bytes[64];

	must(pread(file, bytes, sizeof(bytes), 0) == sizeof(bytes), "pread");
}

static void open_file(void)
{
	int fd = open("/init", O_RDONLY);

	must(fd >= 0 && !close(fd), "open");
}

/* Once: what those above need. */
static void start_child(void)
{
	char byte;

	if (to_child[1])
		return;
	file = open("/init", O_RDONLY);
	must(file >= 0, "/init");
	must(!pipe(to_child) && !pipe(to_parent), "pipe");
	if (fork())
		return;
	close(to_child[1]);
	while (read(to_child[0], &byte, 1) == 1)
		must(write(to_parent[1], &byte, 1) == 1, "write");
	_exit(0);
}

static uint64_t instructions(void)
{
	uint32_t lo, hi;

	__asm__ volatile("rdtsc" : "=a"(lo), "=d"(hi));
	return (uint64_t)hi << 32 | lo;
}

static void count(const char *what, void (*fn)(void))
{
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < ROUNDS; i++) {
		uint64_t before = instructions(), n;

		fn();
		n = instructions() - before;
		if (n < least)
			least = n;
	}
	printf("COUNT: %s: %llu\n", what, (unsigned long long)least);
}

/* What is executed often enough for calls to learn, and then some milliseconds for who decides. */
static void warm(void)
{
	start_child();
	for (int n = 0; n < 3; n++) {
		for (int i = 0; i < 2000; i++) {
			ping_pong();
			read_file();
			open_file();
		}
		for (int i = 0; i < 300; i++)
			fork_exit_wait();
		usleep(50000);
	}
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "exit"))
		return 0;
	map();
	touch();
	if (getenv("warm"))
		warm();
	count("fork, exit and wait", fork_exit_wait);
	count("fork, exec and wait", fork_exec_wait);
	count("write-protect 256 pages, and undo it", protect);
	unmap();
	count("map, touch and unmap 256 pages", map_touch_unmap);
	start_child();
	count("a byte to another process, and back", ping_pong);
	count("read 64 bytes of a file", read_file);
	count("open a file, and close it", open_file);
	count("getppid()", null_call);
	printf("COUNT: end\n");
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return 1;
}
