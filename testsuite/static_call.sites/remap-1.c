/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * STATIC_CALL=remap: text is replaced, and never writable. Parent and child have their own; file
 * descriptors, mappings and memory do not grow; where something is in the way or refused, calls
 * stay unpatched, or as they are, and the reason is told.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "sites.h"
#include "maps.h"
#include "trap-call.h"

#define PAGE __asm__(".pushsection .text,\"ax\",@progbits\n .p2align 12\n .popsection\n")

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1, other = f1;
KEY(key, 0);
KEY(other, 0);
PAGE;
SITE_CALL(first, key);
PAGE;
/* Nothing but this page says that anybody was here. */
FUNCTION(between, "nop\n ret\n");
__asm__(".pushsection .text,\"ax\",@progbits\n .zero 40 * 4096\n .popsection\n");
PAGE;
SITE_CALL(middle, other);
PAGE;
SITE_CALL(last, key);
PAGE;
long first(long), between(long), middle(long), last(long);
MODULE

static void check(fn target, fn of_other)
{
	CHECK(key == target && first(0) == target(0) && last(0) == target(0));
	CHECK(other == of_other && middle(0) == of_other(0));
	CHECK(static_call_key_verify() == 0 && !text_is_writable());
}

static size_t patched(void)
{
	struct static_call_key_info info;

	CHECK(!static_call_key_query(&key, &info) && info.sites == 2);
	return info.patched;
}

static int descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	CHECK(dir != NULL);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

/* How much of the text is in such files, kB. */
static long in_memory(void)
{
	FILE *f = fopen("/proc/self/smaps", "r");
	char line[512];
	long kb, sum = 0;
	int ours = 0;

	while (fgets(line, sizeof(line), f)) {
		if (strchr(line, '-') && strstr(line, " "))
			ours = strstr(line, "memfd:static_call") ? 1 : strstr(line, "kB") ? ours : 0;
		if (ours && sscanf(line, "Size: %ld kB", &kb) == 1)
			sum += kb;
	}
	fclose(f);
	return sum;
}

static void wait_for(pid_t pid)
{
	int status;

	CHECK(waitpid(pid, &status, 0) == pid && !status);
}

/* Each changes its own text, and the other sees nothing of it. */
static void fork_apart(void)
{
	int to_child[2], to_parent[2];
	char c = 0;
	pid_t pid;

	CHECK(!pipe(to_child) && !pipe(to_parent));
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		CHECK(read(to_child[0], &c, 1) == 1);
		/* The parent has updated; here nothing has, and nobody has asked. */
		CHECK(first(0) == 1 && last(0) == 1 && middle(0) == 1);
		check(f1, f1);
		CHECK(!static_call_key_update(&other, f2));
		check(f1, f2);
		CHECK(write(to_parent[1], &c, 1) == 1 && read(to_child[0], &c, 1) == 1);
		check(f1, f2);
		_exit(0);
	}
	CHECK(!static_call_key_update(&key, f2));
	CHECK(write(to_child[1], &c, 1) == 1 && read(to_parent[0], &c, 1) == 1);
	check(f2, f1);
	CHECK(!static_call_key_update(&key, f1));
	CHECK(write(to_child[1], &c, 1) == 1);
	wait_for(pid);
	check(f1, f1);
}

static void many_updates(void)
{
	int i, n = descriptors(), was, now;
	long kb, held;

	was = mappings(&kb);
	held = in_memory();
	for (i = 0; i < 2000; i++) {
		CHECK(!static_call_key_update(i % 3 ? &key : &other, i & 1 ? f2 : f1));
		key = i & 2 ? f1 : f2;
		static_call_key_rt_store(&key, sizeof(key));
	}
	CHECK(!static_call_key_update(&key, f1) && !static_call_key_update(&other, f1));
	check(f1, f1);
	now = mappings(&kb);
	CHECK(descriptors() == n && now < was + 8 && in_memory() <= held);
}

/* A process that may not write to files of any size is not stopped by a signal. */
static void no_files(void)
{
	struct rlimit none = { 0, 0 };
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		CHECK(!setrlimit(RLIMIT_FSIZE, &none));
		CHECK(static_call_key_update(&key, f2) == -EFBIG);
		check(f1, f1);
		static_call_key_rt_unregister(&module);
		check(f1, f1);
		_exit(0);
	}
	wait_for(pid);
}

static void refuse(long number)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(filter) / sizeof(filter[0]), filter };

	CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	CHECK(!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog));
}

/* From the beginning, or when sites are patched already. */
static void refused(int from_beginning)
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid) {
		wait_for(pid);
		return;
	}
	if (from_beginning)
		refuse(SYS_memfd_create);
	CHECK(!static_call_key_rt_register(&module));
	if (!from_beginning)
		refuse(SYS_memfd_create);
	if (from_beginning) {
		CHECK(patched() == 0 && static_call_key_why(&key) == -EACCES);
		CHECK(!static_call_key_update(&key, f2));
		check(f2, f1);
	} else {
		CHECK(patched() == 2 && static_call_key_update(&key, f2) == -EACCES);
		check(f1, f1);
		CHECK(!static_call_key_update(&key, f1));
	}
	_exit(0);
}

/* As a uprobe has put it: the kernel would not know it again in a copy. */
static void probed(void)
{
	unsigned char *at = (unsigned char *)(uintptr_t)between, byte = 0xcc;
	FILE *mem;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid) {
		wait_for(pid);
		return;
	}
	mem = fopen("/proc/self/mem", "r+");
	if (mem && !fseek(mem, (long)(uintptr_t)at, SEEK_SET) && fwrite(&byte, 1, 1, mem) == 1 &&
	    !fflush(mem)) {
		CHECK(!static_call_key_rt_register(&module));
		CHECK(patched() == 0 && static_call_key_why(&key) == -ETXTBSY);
		CHECK(*at == 0xcc && mappings(&(long){ 0 }));
		CHECK(!static_call_key_update(&key, f2));
		check(f2, f1);
	} else {
		puts("SKIPPED: /proc/self/mem does not write to text");
	}
	_exit(0);
}

static int mem;
static unsigned char *beside; /* a site, in its page */

/* Just before the copy of the page is a file, somebody writes to the page. */
static void trap(int sig, siginfo_t *si, void *context)
{
	unsigned char byte = 0xcc;

	(void)sig, (void)si;
	if (*beside != byte)
		CHECK(pwrite(mem, &byte, 1, (off_t)(uintptr_t)beside) == 1);
	trap_make(trap_registers(context), SYS_memfd_create);
}

static void meanwhile(void)
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid) {
		wait_for(pid);
		return;
	}
	mem = open("/proc/self/mem", O_RDWR);
	beside = (unsigned char *)((uintptr_t)first | 4095);
	if (mem < 0)
		_exit(0);
	CHECK(!trap_call(SYS_memfd_create, trap, 0));
	CHECK(*beside != 0xcc && !static_call_key_update(&key, f2));
	CHECK(*beside == 0xcc);
	check(f2, f1);
	_exit(0);
}

int main(void)
{
	refused(1);
	refused(0);
	probed();
	CHECK(!static_call_key_rt_register(&module));
	CHECK(patched() == 2);
	check(f1, f1);
	CHECK(in_memory() > 0);
	CHECK(!static_call_key_update(&key, f2));
	check(f2, f1);
	CHECK(!static_call_key_update(&key, f1));
	fork_apart();
	many_updates();
	meanwhile();
	no_files();
	/* The module goes and comes: its text is a copy already. */
	static_call_key_rt_unregister(&module);
	CHECK(key == f1 && first(0) == 1);
	CHECK(!static_call_key_rt_register(&module) && patched() == 2);
	check(f1, f1);
	puts("ok");
	return 0;
}
