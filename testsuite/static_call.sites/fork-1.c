/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fork while another thread updates. The child makes its first call at once: it
 * must not hang, its sites must follow its pointers, no text may stay writable,
 * and it can update.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "enough.h"
#include "sites.h"
#include "maps.h"

#define SECONDS	5
#define LEAST	20

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
long f3(long x) { return x + 3; }
/* Sites hold what f2 does, and call the others. */
STATIC_CALL_KEY_BODY(f2, "lea 2(%rdi), %rax");
fn key = f1, other = f1;
KEY(key, 0);
KEY(other, 0);
/* 1,000 sites, over many pages, called in turn */
__asm__(".pushsection .text,\"ax\",@progbits\n .p2align 12\n"
	"many: push %rbx\n push %rbp\n sub $8, %rsp\n mov %rdi, %rbx\n xor %ebp, %ebp\n"
	".rept 1000\n"
	"mov %rbx, %rdi\n .p2align 3,,4\n call static_call_key_trampoline.key\n 771:\n"
	ENTRY(key, 0)
	"add %rax, %rbp\n .nops 20\n"
	".endr\n"
	"mov %rbp, %rax\n add $8, %rsp\n pop %rbp\n pop %rbx\n ret\n .popsection\n");
long many(long);
/* ... and guards, of two functions that are inlined with what they do */
GUARD_FUNCTION(f1);
GUARD_FUNCTION(f2);
__asm__(".pushsection .text,\"ax\",@progbits\n .p2align 12\n"
	"guards: push %rbx\n push %rbp\n sub $8, %rsp\n mov %rdi, %rbx\n xor %ebp, %ebp\n"
	".rept 1000\n mov %rbx, %rdi\n"
	GUARD
	GUARD_ENTRY(key, 1, GUARD_OF(f1), "0")
	GUARD_ENTRY(key, 0, GUARD_OF(f2), "773f - .")
	"lea 1(%rdi), %rax\n jmp 774f\n"
	"773: lea 2(%rdi), %rax\n jmp 774f\n"
	"779: .p2align 3,,4\n call static_call_key_trampoline.key\n 771:\n"
	ENTRY(key, 0)
	"774: add %rax, %rbp\n"
	".endr\n"
	"mov %rbp, %rax\n add $8, %rsp\n pop %rbp\n pop %rbx\n ret\n .popsection\n");
long guards(long);
SITE_CALL(call_other, other);
long call_other(long);
MODULE_AUTO

static atomic_int stop;
static atomic_ulong updates;

static void *updater(void *arg)
{
	unsigned long n = 0;
	struct static_call_key_change c[2] = { { &key, 0 }, { &other, 0 } };

	(void)arg;
	while (!atomic_load(&stop)) {
		n++;
		c[0].fn = c[1].fn = (static_call_key_fn)(n & 1 ? f2 : f1);
		if (n % 3 == 0) {
			key = (fn)c[0].fn;
			static_call_key_rt_store(&key, 8);
		} else {
			CHECK(!static_call_key_update_many(c, 2));
		}
		atomic_fetch_add(&updates, 1);
	}
	return NULL;
}

static int child(int i)
{
	long x = many(0), y = guards(0);

	/* before the first call: each site reaches one or the other */
	CHECK(x >= 1000 && x <= 2000 && y >= 1000 && y <= 2000);
	switch (i % 4) {
	case 0:
		CHECK(!static_call_key_update(&other, f3) && call_other(0) == 3);
		break;
	case 1:
		CHECK(static_call_key_verify() == 0);
		break;
	case 2:
		static_call_key_rt_store(&key, 8);
		break;
	case 3:
		static_call_key_rt_unregister(&module);
		CHECK(!static_call_key_rt_register(&module));
		break;
	}
	CHECK(static_call_key_verify() == 0);
	CHECK(!text_is_writable());
	CHECK(many(0) == 1000 * key(0) && guards(0) == 1000 * key(0));
	CHECK(!static_call_key_update(&key, f3));
	CHECK(many(0) == 3000 && guards(0) == 3000 && static_call_key_verify() == 0);
	return 0;
}

int main(int argc, char **argv)
{
	int i, status, n = argc > 1 ? atoi(argv[1]) : 400;
	pthread_t t;
	pid_t pid;

	CHECK(module.runtime);
	CHECK(!pthread_create(&t, NULL, updater, NULL));
	time_limit(SECONDS);
	for (i = 0; i < n && !time_is_over(); i++) {
		pid = fork();
		if (!pid) {
			alarm(20);
			child(i);
			if (i % 8 == 7)
				exit(0);
			_exit(0);
		}
		CHECK(waitpid(pid, &status, 0) == pid);
		if (status) {
			printf("child %d: %s, status %x\n", i,
			       WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM ? "hangs" :
			       "failed", status);
			exit(1);
		}
	}
	atomic_store(&stop, 1);
	pthread_join(t, NULL);
	CHECK(static_call_key_verify() == 0 && !text_is_writable());
	saw_at_least(LEAST, i, "forks");
	saw_at_least(LEAST, updates, "updates beside forks");
	puts("ok");
	return 0;
}
