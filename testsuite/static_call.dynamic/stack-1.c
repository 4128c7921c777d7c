/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How much of its caller's stack a call takes that is counted, and one that decides: no more
 * than static_call_dynamic.h says.
 */
#include <ucontext.h>

#include "enough.h"
#include "dynamic.h"

#define STACK	  65536
#define COUNTING  384
#define DECIDING  1536
#define PAINTED	  8192
#define SECONDS	  20
#define PAINT	  0xa5a5a5a5a5a5a5a5ul

STATES;
NAMED(ops, thunk);
CALL(call, jump);
TAIL(tail, thunk);
NAMED_CALL(named, ops);
CALL(first, jump);
CALL(second, thunk);
MODULE_AUTO

static unsigned char stack[STACK] __attribute__((aligned(64)));
static unsigned int counting, deciding;
static ucontext_t outside, inside;

/* What lies below a call of fn is painted; how far down does it change? */
static __attribute__((noipa)) unsigned int depth_of(caller fn, target f)
{
	uint64_t *top, *p;
	void *at;
	long n = PAINTED / 8;

	__asm__ volatile("mov %%rsp, %0" : "=r"(top));
	at = p = top - PAINTED / 8;
	__asm__ volatile("rep stosq" : "+D"(at), "+c"(n) : "a"(PAINT) : "memory");
	fn(1, f);
	while (p < top && *p == PAINT)
		p++;
	return (top - p) * 8;
}

static int is_decided(caller fn)
{
	return learned(fn, 1, 2) || is_left(fn);
}

/*
 * The deepest of each kind of call, while it learns one target and then another; the latter when
 * the runtime takes the time.
 */
static void learn_one(caller fn)
{
	unsigned int i, depth, n;

	for (i = 0; i < 60000 || (!is_decided(fn) && !time_is_over()); i++) {
		const unsigned char *before = led_to(fn);

		depth = depth_of(fn, i < 30000 ? target_1 : target_2);
		n = led_to(fn) != before;
		if (n && depth > deciding)
			deciding = depth;
		if (!n && i % 1024 == 5 && depth > counting)
			counting = depth;
	}
	CHECK(is_decided(fn));
}

static void run(void)
{
	static const caller fns[] = { call, tail, named, first, second };
	unsigned int i;

	for (i = 0; i < sizeof(fns) / sizeof(fns[0]); i++)
		learn_one(fns[i]);
}

int main(void)
{
	CHECK(module.learn && !getcontext(&inside));
	inside.uc_stack.ss_sp = stack;
	inside.uc_stack.ss_size = sizeof(stack);
	inside.uc_link = &outside;
	makecontext(&inside, run, 0);
	time_limit(SECONDS);
	CHECK(!swapcontext(&outside, &inside));
	printf("bytes of stack: %u to count, %u to decide\n", counting, deciding);
	CHECK(counting > 64 && counting <= COUNTING);
	CHECK(deciding > counting && deciding <= DECIDING);
	puts("ok");
	return 0;
}
