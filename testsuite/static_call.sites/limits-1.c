/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the system may take from a program before the runtime starts: it is right,
 * and most often patched.
 *
 *	limits-1 [fsize | nofile | chroot FOLDER]
 *	limits-1 as	at every limit of address space, from nothing on
 *	limits-1 deny SITES ERRNO NR...	these system calls are refused; so many of the
 *				two sites are patched
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
SITE_CALL(call_key, key);
SITE_TAIL(tail_key, key, 0);
long call_key(long), tail_key(long);
MODULE

static void limit(int resource, rlim_t soft)
{
	struct rlimit l;

	CHECK(!getrlimit(resource, &l));
	l.rlim_cur = soft == RLIM_INFINITY ? l.rlim_max : soft;
	CHECK(!setrlimit(resource, &l));
}

/* Pages, as the kernel counts them against RLIMIT_AS. */
static size_t pages(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	size_t n = 0;

	CHECK(f && fscanf(f, "%zu", &n) == 1);
	fclose(f);
	return n;
}

/* How many sites are patched, if all is right; calls are right in any case. */
static size_t work(void)
{
	struct static_call_key_info info = { 0 };
	fn old;
	int i, err;

	static_call_key_rt_register(&module);
	CHECK(call_key(0) == 1 && tail_key(0) == 1);
	for (i = 0; i < 4; i++) {
		old = key;
		err = static_call_key_update(&key, i & 1 ? f1 : f2);
		CHECK(key == (err ? old : i & 1 ? f1 : f2));
		CHECK(call_key(0) == key(0) && tail_key(0) == key(0));
	}
	key = f2;
	static_call_key_rt_store(&key, sizeof(key));
	CHECK(call_key(0) == 2 && tail_key(0) == 2);
	static_call_key_query(&key, &info);
	CHECK(info.patched == 2 || static_call_key_why(&key) < 0);
	return info.patched;
}

static void address_space(void)
{
	size_t now = pages(), more, patched = 0, not_patched = 0;
	int status;

	for (more = 0; more < 48; more++) {
		pid_t pid = fork();

		CHECK(pid >= 0);
		if (!pid) {
			limit(RLIMIT_AS, (now + more) * 4096);
			_exit(10 + work());
		}
		CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
		CHECK(WEXITSTATUS(status) == 10 || WEXITSTATUS(status) == 12);
		patched += WEXITSTATUS(status) == 12;
		not_patched += WEXITSTATUS(status) == 10;
	}
	CHECK(patched && not_patched);
}

static void deny(int number, char **calls)
{
	struct sock_filter filter[32] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	};
	struct sock_fprog program = { 1, filter };

	for (; *calls && program.len < 30; calls++) {
		filter[program.len++] = (struct sock_filter)
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, atoi(*calls), 0, 1);
		filter[program.len++] = (struct sock_filter)
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | number);
	}
	filter[program.len++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	CHECK(!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program));
}

int main(int argc, char **argv)
{
	size_t sites = 2;
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "as")) {
		address_space();
		puts("ok");
		return 0;
	}
	if (!strcmp(what, "fsize"))
		limit(RLIMIT_FSIZE, 0);
	else if (!strcmp(what, "nofile"))
		limit(RLIMIT_NOFILE, 0);
	else if (!strcmp(what, "chroot"))
		CHECK(argc > 2 && !chroot(argv[2]) && !chdir("/"));
	else if (!strcmp(what, "deny") && argc > 4) {
		sites = atoi(argv[2]);
		deny(atoi(argv[3]), argv + 4);
	}
	CHECK(work() == sites);
	limit(RLIMIT_FSIZE, RLIM_INFINITY);
	puts("ok");
	return 0;
}
