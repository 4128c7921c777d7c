/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The program that dynamic.exp sets breakpoints in. It does what the letters say that it
 * reads, and answers each with a line.
 *
 *	c	call: which target was reached
 *	m	many calls: the same, 0 if not all reached one
 *	a b	the pointer is that target now
 *	f	freeze: what it returns; so what was learned is used
 *	l	learn: what it returns
 *	x	the opcode of the site
 *	s	what the runtime says of the site
 *	p	a place for a debugger to stop at
 *
 * THUNK: with a retpoline. TAIL: the site is a tail call.
 */
#include <stdio.h>

#include <static_call_dynamic.h>

#define NOIPA __attribute__((noipa))
#define MANY  100

NOIPA static int target_a(int x)
{
	return x + 1;
}

NOIPA static int target_b(int x)
{
	return x + 2;
}

static int (*volatile pointer)(int) = target_a;

#ifdef THUNK
__attribute__((indirect_branch("thunk")))
#endif
NOIPA int work(int (*f)(int), int x)
{
#ifdef TAIL
	return f(x * 4);
#else
	return f(x * 4) + 4;
#endif
}

NOIPA void pause_here(void)
{
	__asm__ volatile("");
}

static int calls(int n)
{
	int reached = -1, i, r;

	for (i = 0; i < n; i++) {
		r = work(pointer, i);
#ifndef TAIL
		r -= 4;
#endif
		reached = reached < 0 || r == 4 * i + reached ? r - 4 * i : 0;
	}
	return reached;
}

static int see(const struct static_call_dynamic_info *info, void *data)
{
	*(struct static_call_dynamic_info *)data = *info;
	return 1;
}

int main(void)
{
	struct static_call_dynamic_info info;
	int letter;

	setvbuf(stdout, NULL, _IONBF, 0);
	while ((letter = getchar()) != EOF) {
		switch (letter) {
		case 'c':
			printf("%d\n", calls(1));
			break;
		case 'm':
			printf("%d\n", calls(MANY));
			break;
		case 'a':
			pointer = target_a;
			puts("a");
			break;
		case 'b':
			pointer = target_b;
			puts("b");
			break;
		case 'f':
			printf("%d\n", static_call_dynamic_freeze());
			break;
		case 'l':
			printf("%d\n", static_call_dynamic_learn());
			break;
		case 'x':
			if (static_call_dynamic_for_each(see, &info) == 1)
				printf("%02x\n", *(const volatile unsigned char *)info.site);
			else
				puts("none");
			break;
		case 's':
			if (static_call_dynamic_for_each(see, &info) == 1)
				printf("%u\n", info.state);
			else
				puts("none");
			break;
		case 'p':
			pause_here();
			puts("pause");
			break;
		}
	}
	return 0;
}
