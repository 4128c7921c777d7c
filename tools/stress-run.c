// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Threads run through a site while another one changes it, one site after the other. All of it is
 * in a child: what a torn instruction does is not defined.
 *
 * The thread that stores says which updates it is about to make, makes them, lets every processor
 * of the process serialise, and says that they are done. A call that was made while the updates
 * from first to last were begun or done must have reached what one of them has stored.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <errno.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "stress.h"

#define BATCH         16
#define BURST_CONTROL 64
#define STACK         16384
#define HANGS         30 /* seconds after the end */

/* What parent and child share. */
struct shared {
	struct stress_run run;
	struct stress_place *current;
	bool ended; /* as it should */
	struct stress_place places[STRESS_PLACES];
};

struct caller {
	pthread_t id;
	int cpu;
	uint64_t calls, during;
	uint8_t cell; /* what calls have as their argument */
	char pad[100];
};

static struct shared *shared;
static struct caller *callers;
static bool stop;
static cpu_set_t cpus;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- calls ---- */

static void make_call(uintptr_t entry, uintptr_t r10, uint8_t *cell, struct stress_result *r)
{
	register uintptr_t in_r10 __asm__("r10") = r10;
	register uintptr_t in_r11 __asm__("r11") = STRESS_R11;
	uint64_t rax = STRESS_RAX, rdx = STRESS_RDX;
	uint8_t *rdi = cell;

	/* The compiler does not know of a call, and may have something below the stack pointer. */
	__asm__ volatile("subq $128, %%rsp\n\t"
			 "call *%[entry]\n\t"
			 "addq $128, %%rsp"
			 : "+a"(rax), "+d"(rdx), "+D"(rdi), [entry] "+S"(entry), "+r"(in_r10),
			   "+r"(in_r11)
			 :
			 : "rbx", "rcx", "r8", "r9", "memory", "cc");
	r->rax = rax == (uintptr_t)cell ? STRESS_X : rax;
	r->rdx = rdx;
	r->byte = *cell;
	*cell = 0;
}

static const struct stress_form *form_of(const struct stress_place *p, uint64_t update)
{
	return &p->form[p->order[update % p->round]];
}

static bool same(const struct stress_result *a, const struct stress_result *b)
{
	return a->rax == b->rax && a->rdx == b->rdx && a->byte == b->byte;
}

static void note(struct stress_place *p, const struct stress_result *r, uint64_t first,
		 uint64_t last)
{
	struct stress_run *run = &shared->run;
	const char *none = NULL;

	__atomic_fetch_add(&run->wrong, 1, __ATOMIC_RELAXED);
	if (!__atomic_compare_exchange_n(&run->kind, &none, p->kind, false, __ATOMIC_SEQ_CST,
					 __ATOMIC_SEQ_CST))
		return;
	run->offset = p->site & 63;
	run->from = form_of(p, first)->name;
	run->to = form_of(p, last)->name;
	if (r)
		run->result = *r;
}

static void classify(struct stress_place *p, const struct stress_result *r, uint64_t first,
		     uint64_t last)
{
	uint64_t n;

	for (n = first; n <= last; n++)
		if (same(r, &form_of(p, n)->result))
			return;
	note(p, r, first, last);
}

/* Where no barrier reaches other threads, they serialise themselves. */
static void serialise(void)
{
	unsigned int a, b, c, d;

	__cpuid(0, a, b, c, d);
	(void)a, (void)b, (void)c, (void)d;
}

static void *call_on(void *data)
{
	struct caller *c = data;
	struct stress_result r[BATCH];
	stack_t stack = { .ss_size = STACK };
	cpu_set_t own;
	unsigned int i;

	CPU_ZERO(&own);
	CPU_SET(c->cpu, &own);
	sched_setaffinity(0, sizeof(own), &own);
	stack.ss_sp = malloc(STACK);
	sigaltstack(&stack, NULL);
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		struct stress_place *p = __atomic_load_n(&shared->current, __ATOMIC_ACQUIRE);
		uint64_t first = __atomic_load_n(&p->done, __ATOMIC_SEQ_CST), last;

		if (!shared->run.barrier)
			serialise();
		for (i = 0; i < BATCH; i++)
			make_call(p->site - (i & 1 ? STRESS_LEAD : 0), p->r10, &c->cell, &r[i]);
		last = __atomic_load_n(&p->begun, __ATOMIC_SEQ_CST);
		for (i = 0; i < BATCH; i++)
			classify(p, &r[i], first, last);
		__atomic_store_n(&c->calls, c->calls + BATCH, __ATOMIC_RELAXED);
		if (first != last)
			__atomic_store_n(&c->during, c->during + BATCH, __ATOMIC_RELAXED);
	}
	return NULL;
}

/* ---- updates ---- */

static void update(struct stress_place *p, unsigned int burst)
{
	uint64_t n = p->begun, last = n + burst;

	__atomic_store_n(&p->begun, last, __ATOMIC_SEQ_CST);
	for (; n < last; n++)
		if (!p->store(p->site, form_of(p, n)->bytes, form_of(p, n + 1)->bytes))
			note(p, NULL, n, n + 1);
	if (shared->run.barrier)
		syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0);
	__atomic_store_n(&p->done, last, __ATOMIC_SEQ_CST);
	shared->run.updates += burst;
}

/*
 * Bursts, and pauses, of different lengths: so calls meet every moment of an update. At a
 * control, which has two forms, as many stores as can be.
 */
static void update_until(struct stress_place *p, double end)
{
	bool control = shared->run.until_wrong;
	static unsigned int round;
	unsigned int i;

	__atomic_store_n(&shared->current, p, __ATOMIC_RELEASE);
	do {
		for (i = 0; i < 64; i++, round++) {
			volatile unsigned int pause = control ? 0 : round % 7 * 40;

			update(p, control ? BURST_CONTROL : 1u << round % 4);
			while (pause)
				pause--;
		}
	} while (now() < end && !(control && shared->run.wrong));
}

/* ---- the child ---- */

static void sum(void)
{
	struct stress_run *run = &shared->run;
	unsigned int i;

	run->calls = run->during = 0;
	for (i = 0; i < run->callers; i++) {
		run->calls += __atomic_load_n(&callers[i].calls, __ATOMIC_RELAXED);
		run->during += __atomic_load_n(&callers[i].during, __ATOMIC_RELAXED);
	}
}

static void crashed(int signal)
{
	struct stress_place *p = shared->current;

	shared->run.signal = signal;
	note(p, NULL, p->done, p->begun);
	sum();
	_exit(0);
}

static void catch_crashes(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE };
	struct sigaction action = { .sa_handler = crashed, .sa_flags = SA_ONSTACK };
	size_t i;

	sigfillset(&action.sa_mask);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
}

/* The n-th processor that this process may use; the first one is for the thread that stores. */
static int nth_cpu(unsigned int n)
{
	int cpu;

	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &cpus) && !n--)
			return cpu;
	return -1;
}

static bool start(void)
{
	struct stress_run *run = &shared->run;
	unsigned int i, others = run->processors - 1;

	for (i = 0; i < run->callers; i++) {
		callers[i].cpu = nth_cpu(others ? 1 + i % others : 0);
		run->err = pthread_create(&callers[i].id, NULL, call_on, &callers[i]);
		if (run->err) {
			run->error = "threads";
			return false;
		}
	}
	return true;
}

static void child(void)
{
	struct stress_run *run = &shared->run;
	struct stress_memory memory;
	double begin;
	unsigned int i;
	cpu_set_t own;
	int n;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	callers = calloc(run->callers, sizeof(*callers));
	n = callers ? stress_memory(&memory) : -ENOMEM;
	if (!n)
		n = run->prepare(&memory, shared->places);
	if (n < 0) {
		run->error = "memory that is writable and executable";
		run->err = -n;
		return;
	}
	run->places = (unsigned int)n;
	run->barrier =
		!syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0);
	catch_crashes();
	alarm((unsigned int)run->seconds + HANGS);
	CPU_ZERO(&own);
	CPU_SET(nth_cpu(0), &own);
	shared->current = shared->places;
	if (!start())
		return;
	sched_setaffinity(0, sizeof(own), &own);
	begin = now();
	for (i = 0; i < run->places; i++) {
		update_until(&shared->places[i], begin + run->seconds * (i + 1) / run->places);
		sum();
	}
	__atomic_store_n(&stop, true, __ATOMIC_RELAXED);
	for (i = 0; i < run->callers; i++)
		pthread_join(callers[i].id, NULL);
	sum();
	shared->ended = true;
}

/* The child has ended: by itself, as calls went astray, or by somebody else's will. */
static void judge_end(struct stress_run *run, int status)
{
	int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	*run = shared->run;
	if (run->error || run->wrong || shared->ended)
		return;
	if (signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP) {
		run->error = "it was ended by a signal";
		run->err = EINTR;
		return;
	}
	/* A call that does not come back is found by SIGALRM. */
	run->signal = signal;
	note(shared->current, NULL, shared->current->done, shared->current->begun);
	*run = shared->run;
	run->signal = signal;
}

void stress_run(struct stress_run *run)
{
	pid_t pid = -1;
	int status;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED || sched_getaffinity(0, sizeof(cpus), &cpus)) {
		run->error = "memory";
		run->err = errno;
		return;
	}
	run->processors = (unsigned int)CPU_COUNT(&cpus);
	if (!run->callers)
		run->callers = run->processors > 1 ? run->processors - 1 : 1;
	shared->run = *run;
	pid = fork();
	if (!pid) {
		child();
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		run->error = "a process";
		run->err = errno;
	} else {
		judge_end(run, status);
	}
	munmap(shared, sizeof(*shared));
}
