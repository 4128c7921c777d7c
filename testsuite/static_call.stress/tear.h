/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A naive patcher: one store that switches a call between two targets while
 * other threads run through it. The targets are chosen so that a mixture of the
 * two displacements leads to a third or fourth place, which says so. It runs in
 * a child: what a torn instruction does is not defined.
 *
 * BOUNDARY 32 or 64: two bytes of the displacement lie before such a boundary,
 * two after it. 0: the whole instruction lies in an aligned quadword.
 */
#include "check.h"
#include "enough.h"
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE		0x40000
#define SITE		0x1000
#define FIRST		0x4000
#define LOW		0x0100		/* differs before the boundary */
#define HIGH		0x20000		/* differs after it */
#define SECONDS		5
#define LEAST		1000000

enum { NO_TEAR = 0, TORN = 10, NO_MEMORY = 11 };

static unsigned char *code;
static int stop, torn;

/* mov $value, %eax; ret */
static void put_target(size_t offset, unsigned char value)
{
	const unsigned char bytes[] = { 0xb8, value, 0, 0, 0, 0xc3 };

	memcpy(code + offset, bytes, sizeof(bytes));
}

static unsigned char *site(void)
{
	unsigned char *base = code + SITE;

	return BOUNDARY == 64 ? base + 64 - 3 : BOUNDARY == 32 ? base + 32 - 3 : base;
}

static void *run(void *data)
{
	unsigned int (*call)(void) = (unsigned int (*)(void))data;
	unsigned long calls = 0;
	int i;

	for (; !__atomic_load_n(&stop, __ATOMIC_RELAXED); calls += 100)
		for (i = 0; i < 100; i++)
			if (call() >= 2)
				__atomic_store_n(&torn, 1, __ATOMIC_RELAXED);
	return (void *)calls;
}

typedef uint32_t __attribute__((aligned(1), may_alias)) unaligned_u32;
typedef uint64_t __attribute__((may_alias)) aligned_u64;

static void patch(unsigned char *p, int32_t displacement)
{
	if (BOUNDARY) {
		*(volatile unaligned_u32 *)(p + 1) = (uint32_t)displacement;
	} else {
		uint64_t word = *(volatile aligned_u64 *)p;

		word = (word & 0xffffff00000000ffull) | (uint64_t)(uint32_t)displacement << 8;
		*(volatile aligned_u64 *)p = word;
	}
}

static int child(void)
{
	static const unsigned char ret = 0xc3;
	pthread_t threads[3];
	unsigned long sum = 0;
	unsigned char *p;
	int32_t first, second;
	void *calls;
	unsigned int i;

	code = (unsigned char *)mmap(NULL, SIZE, PROT_READ | PROT_WRITE | PROT_EXEC,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (code == MAP_FAILED)
		return NO_MEMORY;
	p = site();
	first = (int32_t)(code + FIRST - (p + 5));
	/* The additions must not carry from the lower half to the upper. */
	put_target(FIRST, 0);
	put_target(FIRST + LOW + HIGH, 1);
	put_target(FIRST + LOW, 2);
	put_target(FIRST + HIGH, 3);
	second = first + LOW + HIGH;
	CHECK((first & 0xffff) + LOW <= 0xffff);
	p[0] = 0xe8;
	p[5] = ret;
	patch(p, first);

	for (i = 0; i < 3; i++)
		CHECK(pthread_create(&threads[i], NULL, run, p) == 0);
	time_limit(SECONDS);
	do {
		for (i = 0; i < 10000; i++) {
			patch(p, second);
			patch(p, first);
		}
	} while (!__atomic_load_n(&torn, __ATOMIC_RELAXED) && !time_is_over());
	__atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
	for (i = 0; i < 3; i++) {
		CHECK(pthread_join(threads[i], &calls) == 0);
		sum += (unsigned long)calls;
	}
	printf("torn: %d in %lu calls\n", torn, sum);
	if (!MUST_TEAR && !torn)
		saw_at_least(LEAST, sum, "calls");
	fflush(stdout);
	return torn ? TORN : NO_TEAR;
}

int (*key)(void) STATIC_CALL_KEY;

int main(void)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	CHECK(pid >= 0);
	if (!pid)
		_exit(child());
	CHECK(waitpid(pid, &status, 0) == pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == NO_MEMORY)
		UNSUPPORTED("memory that is writable and executable is refused");
	if (WIFSIGNALED(status))
		printf("the child was killed by signal %d\n", WTERMSIG(status));
	/* An abort is a failed check of ours. */
	CHECK(!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT);
	if (MUST_TEAR && WIFEXITED(status) && WEXITSTATUS(status) == NO_TEAR)
		UNSUPPORTED("no tear was seen on this machine in a few seconds");
	if (MUST_TEAR)
		CHECK(WIFSIGNALED(status) || WEXITSTATUS(status) == TORN);
	else
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == NO_TEAR);
	return 0;
}
