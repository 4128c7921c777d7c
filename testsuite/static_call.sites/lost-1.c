/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A store to a site is lost, as those are that are made while a kernel copies the page to
 * set a uprobe: just before the window closes, the site is as it was. The update makes
 * it again; if it is lost each time, the update fails and has changed nothing. Unless what
 * comes back each time is what was linked, by uprobes that come and go all the time: that is right.
 * A kernel that loses none is believed.
 */
#define _GNU_SOURCE
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#include "sites.h"
#include "trap-call.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
SITE_CALL(call_1, key);
SITE_CALL(call_2, key);
long call_1(long), call_2(long);
MODULE

static unsigned char *site, old[5], linked[5];
static int lose, lost;
static const char *release = "6.1.0-49-amd64";

static void trap(int sig, siginfo_t *si, void *context)
{
	greg_t *r = trap_registers(context);

	(void)sig;
	if (si->si_syscall == SYS_uname) {
		trap_make(r, SYS_uname);
		strcpy(((struct utsname *)r[REG_RDI])->release, release);
		return;
	}
	if (!(r[REG_RDX] & PROT_WRITE) && lose && memcmp(site, old, 5)) {
		memcpy(site, old, 5);
		lose--;
		lost++;
	}
	trap_make(r, SYS_mprotect);
}

static void check(fn target)
{
	CHECK(key == target && call_1(0) == target(0) && call_2(0) == target(0));
	CHECK(static_call_key_verify() == 0);
}

/* The module comes when the kernel is one of these. */
static void begin(const char *kernel)
{
	const struct static_call_key_record *r = (void *)module.records_start;
	int32_t distance;

	release = kernel;
	CHECK(!static_call_key_rt_register(&module));
	site = (unsigned char *)(uintptr_t)site_nth(&key, 1).site;
	distance = (int32_t)((uintptr_t)&r->trampoline + r->trampoline - (uintptr_t)(site + 5));
	linked[0] = 0xe8;
	memcpy(linked + 1, &distance, 4);
}

/* The loss of one store goes unnoticed where there can be none, and nowhere else. */
static void kernel_loses(const char *kernel, bool loses)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		begin(kernel);
		memcpy(old, site, 5);
		lose = 1;
		CHECK(!static_call_key_update(&key, f2));
		CHECK(lost == 1 && static_call_key_verify() == !loses);
		exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && !status);
}

int main(void)
{
	int status;
	pid_t pid;

	CHECK(!trap_call(SYS_mprotect, trap, 0) && !trap_call(SYS_uname, trap, 0));
	kernel_loses("4.19.0", true);
	kernel_loses("6.1.0-49-amd64", true);
	kernel_loses("6.15.11", true);
	kernel_loses("6.2", true);
	kernel_loses("", true);
	kernel_loses("6.16.0-rc1+", false);
	kernel_loses("6.18.3-arch1-1", false);
	kernel_loses("7.0", false);
	kernel_loses("10.2.0", false);
	begin("6.1.0-49-amd64");

	memcpy(old, site, 5);
	lose = 1;
	CHECK(!static_call_key_update(&key, f2));
	CHECK(lost == 1);
	check(f2);

	memcpy(old, site, 5);
	lose = lost = 0x7fffffff / 2;
	CHECK(static_call_key_update(&key, f1) == -EILSEQ);
	CHECK(lost > 0x7fffffff / 2 + 1);
	lose = 0;
	check(f2);

	memcpy(old, linked, 5);
	lose = 0x7fffffff / 2;
	CHECK(!static_call_key_update(&key, f1));
	CHECK(lose < 0x7fffffff / 2 && !memcmp(site, linked, 5));
	check(f1);
	key = f2;
	static_call_key_rt_store(&key, sizeof(key));
	CHECK(!memcmp(site, linked, 5));
	lose = 0;
	check(f2);
	CHECK(!static_call_key_update(&key, f1));
	CHECK(memcmp(site, linked, 5));
	check(f1);
	CHECK(!static_call_key_update(&key, f2));

	/* A store cannot fail: the program would call what was replaced. */
	pid = fork();
	if (!pid) {
		lose = 1;
		key = f1;
		static_call_key_rt_store(&key, sizeof(key));
		check(f1);
		close(2);
		memcpy(old, site, 5);
		lose = 0x7fffffff / 2;
		key = f2;
		static_call_key_rt_store(&key, sizeof(key));
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == SIGILL);
	check(f2);
	puts("ok");
	return 0;
}
