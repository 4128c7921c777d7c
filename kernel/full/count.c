// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * count.c - the only program of a kernel that is run to count its instructions:
 * under qemu -icount the time stamp counter is the number of instructions that the
 * processor has executed. Prints, for each operation, the least of several rounds; with warm= among
 * the kernel's options, after so many that calls can learn. With calls= and static_call_key.count=1
 * it is the calls that learn, those of them that were direct, and others.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE   4096ul
#define PAGES  256
#define ROUNDS 15
#define PIPES  8

#define STATS  "/sys/module/static_call_key/parameters/dynamic_stats"

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

static int file, new_file;
static char bytes[64];

static void read_file(void)
{
	must(pread(file, bytes, sizeof(bytes), 0) == sizeof(bytes), "pread");
}

static void write_file(void)
{
	must(pwrite(new_file, bytes, sizeof(bytes), 0) == sizeof(bytes), "pwrite");
}

static void open_file(void)
{
	int fd = open("/init", O_RDONLY);

	must(fd >= 0 && !close(fd), "open");
}

static struct pollfd ends[PIPES];
static int last_pipe, waiting;

static void poll_pipes(void)
{
	must(poll(ends, PIPES, 0) == 0, "poll");
}

static void wait_for_pipe(void)
{
	struct epoll_event event;
	char byte = 0;

	must(write(last_pipe, &byte, 1) == 1 && epoll_wait(waiting, &event, 1, -1) == 1 &&
		     read(event.data.fd, &byte, 1) == 1,
	     "epoll");
}

/* None where the kernel has no sockets of the kind. */
static int pair[2] = { -1, -1 }, tcp[2] = { -1, -1 };

static void through(int from, int to)
{
	must(write(from, bytes, sizeof(bytes)) == sizeof(bytes) &&
		     read(to, bytes, sizeof(bytes)) == sizeof(bytes),
	     "socket");
}

static void through_unix(void)
{
	through(pair[0], pair[1]);
}

/* And back, so that nobody waits to acknowledge it. */
static void through_tcp(void)
{
	through(tcp[0], tcp[1]);
	through(tcp[1], tcp[0]);
}

static void connect_tcp(void)
{
	struct ifreq loopback = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons(7) };
	int listening = socket(AF_INET, SOCK_STREAM, 0), yes = 1;

	if (listening < 0)
		return;
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	tcp[0] = socket(AF_INET, SOCK_STREAM, 0);
	must(!ioctl(listening, SIOCSIFFLAGS, &loopback) &&
		     !bind(listening, (struct sockaddr *)&here, sizeof(here)) &&
		     !listen(listening, 1) &&
		     !connect(tcp[0], (struct sockaddr *)&here, sizeof(here)),
	     "TCP");
	tcp[1] = accept(listening, NULL, NULL);
	must(tcp[1] >= 0, "accept");
	for (int i = 0; i < 2; i++)
		must(!setsockopt(tcp[i], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes)),
		     "TCP_NODELAY");
}

static void open_pipes(void)
{
	waiting = epoll_create1(0);
	must(waiting >= 0, "epoll_create1");
	for (int i = 0; i < PIPES; i++) {
		struct epoll_event event = { .events = EPOLLIN };
		int fds[2];

		must(!pipe(fds), "pipe");
		ends[i] = (struct pollfd){ .fd = fds[0], .events = POLLIN };
		event.data.fd = fds[0];
		must(!epoll_ctl(waiting, EPOLL_CTL_ADD, fds[0], &event), "epoll_ctl");
		last_pipe = fds[1];
	}
}

/* Once: what those above need. */
static void prepare(void)
{
	char byte;

	if (to_child[1])
		return;
	file = open("/init", O_RDONLY);
	new_file = open("/new", O_RDWR | O_CREAT, 0600);
	must(file >= 0 && new_file >= 0, "files");
	open_pipes();
	(void)socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	connect_tcp();
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

struct calls {
	uint64_t counted, hits, misses;
};

static int stats;

static struct calls calls(void)
{
	char text[512];
	struct calls now;
	ssize_t n = pread(stats, text, sizeof(text) - 1, 0);
	const char *counted;

	must(n > 0, STATS);
	text[n] = 0;
	counted = strstr(text, "\ncounted ");
	must(counted && sscanf(counted, " counted %lu hits %lu misses %lu", &now.counted, &now.hits,
			       &now.misses) == 3,
	     STATS);
	return now;
}

static struct calls since(struct calls then, struct calls now)
{
	return (struct calls){ now.counted - then.counted, now.hits - then.hits,
			       now.misses - then.misses };
}

static void nothing(void)
{}

static struct calls least_calls(void (*fn)(void))
{
	struct calls least = { 0 };
	uint64_t least_sum = UINT64_MAX;

	for (int i = 0; i < ROUNDS; i++) {
		struct calls before = calls(), n;
		uint64_t sum;

		fn();
		n = since(before, calls());
		sum = n.counted + n.hits + n.misses;
		if (sum < least_sum) {
			least_sum = sum;
			least = n;
		}
	}
	return least;
}

/* Less those that it takes to ask. */
static void count_calls(const char *what, void (*fn)(void))
{
	struct calls n = since(least_calls(nothing), least_calls(fn));

	printf("COUNT: %s: %lu %lu\n", what, n.hits, n.misses + n.counted);
}

static void count(const char *what, void (*fn)(void))
{
	uint64_t least = UINT64_MAX;

	if (stats) {
		count_calls(what, fn);
		return;
	}
	for (int i = 0; i < ROUNDS; i++) {
		uint64_t before = instructions(), n;

		fn();
		n = instructions() - before;
		if (n < least)
			least = n;
	}
	printf("COUNT: %s: %lu\n", what, least);
}

/* What is executed often enough for calls to learn, and then some milliseconds for who decides. */
static void warm(void)
{
	prepare();
	for (int n = 0; n < 3; n++) {
		for (int i = 0; i < 2000; i++) {
			ping_pong();
			read_file();
			write_file();
			open_file();
			poll_pipes();
			wait_for_pipe();
			if (pair[0] >= 0)
				through_unix();
			if (tcp[0] >= 0)
				through_tcp();
		}
		for (int i = 0; i < 300; i++)
			fork_exit_wait();
		for (int i = 0; i < 100; i++)
			fork_exec_wait();
		for (int i = 0; i < 20; i++)
			protect();
		usleep(50000);
	}
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "exit"))
		return 0;
	if (getenv("calls")) {
		must(!mkdir("/sys", 0700) && !mount("sysfs", "/sys", "sysfs", 0, NULL), "/sys");
		stats = open(STATS, O_RDONLY);
		must(stats > 0, STATS);
	}
	map();
	touch();
	if (getenv("warm"))
		warm();
	count("fork, exit and wait", fork_exit_wait);
	count("fork, exec and wait", fork_exec_wait);
	count("write-protect 256 pages, and undo it", protect);
	unmap();
	count("map, touch and unmap 256 pages", map_touch_unmap);
	prepare();
	count("a byte to another process, and back", ping_pong);
	count("read 64 bytes of a file", read_file);
	count("write 64 bytes to a file", write_file);
	count("open a file, and close it", open_file);
	count("poll eight pipes", poll_pipes);
	count("a byte through a pipe, by epoll", wait_for_pipe);
	if (pair[0] >= 0)
		count("64 bytes through a unix socket", through_unix);
	if (tcp[0] >= 0)
		count("64 bytes by TCP to itself, and back", through_tcp);
	count("getppid()", null_call);
	printf("COUNT: end\n");
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return 1;
}
