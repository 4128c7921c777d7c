/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program to be looked at from outside: keys in every state. It says "ready" and its number,
 * then waits for the end of its input. With LOADS it loads the library of its argument first.
 */
#include <static_call.h>
#include <static_call_dynamic.h>
#ifdef LOADS
#include <dlfcn.h>
#endif
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#define NOIPA __attribute__((noipa))

/* Of a unit that knows of no keys. */
void plain_copy(void *to, const void *from, unsigned long n);

static volatile int sink;

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

NOIPA static int seven(void)
{
	return 7;
}

static int small(int x)
{
	return x + 5;
}

static int (*direct)(int) STATIC_CALL_KEY = one;
static int (*stale)(int) STATIC_CALL_KEY = one;
static void (*hook)(void) STATIC_CALL_KEY_NOP_IF_NULL;
static int (*body)(void) STATIC_CALL_KEY = seven;
static int (*guarded)(int) STATIC_CALL_KEY = small;
static int (*sealed)(int) STATIC_CALL_KEY = one;
static int (*empty)(int) STATIC_CALL_KEY;
static int (*learns)(int) STATIC_CALL_DYNAMIC;

NOIPA static int call_all(int x)
{
	int sum = direct(x) + 1;

	sum += stale(x);
	hook();
	sum += body();
	sum += guarded(x);
	sum += sealed(x);
	if (x < 0)
		sum += empty(x);
	return sum;
}

NOIPA static int call_learns(int x)
{
	return learns(x) + 1;
}

int main(int argc, char **argv)
{
	int (*wanted)(int) = two, i;
	char byte;

#ifdef LOADS
	if (argc > 1 && !dlopen(argv[1], RTLD_NOW))
		return 1;
#endif
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
	direct = two;
	learns = argv[argc] ? two : one;
	if (static_call_key_seal(&sealed))
		return 2;
	plain_copy(&stale, &wanted, sizeof(wanted));
	for (i = 0; i < 100000; i++)
		sink += call_learns(i);
	sink += call_all(3);
	printf("ready %d\n", (int)getpid());
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}
