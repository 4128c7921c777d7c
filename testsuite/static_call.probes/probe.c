/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The program that probes.exp sets breakpoints in. It does what the letters say that
 * it reads, and answers each with a line.
 *
 *	c		call: which target was reached, 0 if none
 *	a b n		update the key to that target or NULL: what update returns
 *	A B N		the same by plain stores
 *	v		how many sites are stale
 *	x		the opcode of the site
 *	p		a place for a debugger to stop at
 *
 * VALUE: the key returns a value. TAIL: the site is a tail call. The site is not where a
 * breakpoint on work lies, if WRAPPER is not defined.
 */
#include <stdio.h>

#include <static_call.h>

#define NOIPA __attribute__((noipa))

static int reached;

#ifdef VALUE
typedef int result;
#else
typedef void result;
#endif

NOIPA static result target_a(void)
{
	reached += 1;
#ifdef VALUE
	return 1;
#endif
}

NOIPA static result target_b(void)
{
	reached += 2;
#ifdef VALUE
	return 2;
#endif
}

result (*key)(void) STATIC_CALL_KEY_NOP_IF_NULL = target_a;

#ifndef WRAPPER
static int before;
#endif

NOIPA result work(void)
{
#ifndef WRAPPER
	before++;
#endif
#ifdef TAIL
#ifdef VALUE
	return key();
#else
	key();
#endif
#else
#ifdef VALUE
	int value = key();

	__asm__ volatile("");
	return value;
#else
	key();
	__asm__ volatile("");
#endif
#endif
}

NOIPA void pause_here(void)
{
	__asm__ volatile("");
}

static int see(const struct static_call_key_site_info *info, void *unused)
{
	(void)unused;
	printf("%02x\n", *(const volatile unsigned char *)info->site);
	return 0;
}

static void call(void)
{
	reached = 0;
#ifdef VALUE
	if (work() != reached)
		reached = -1;
#else
	work();
#endif
	printf("%d\n", reached);
}

int main(void)
{
	int letter;

	setvbuf(stdout, NULL, _IONBF, 0);
	while ((letter = getchar()) != EOF) {
		switch (letter) {
		case 'c':
			call();
			break;
		case 'a':
			printf("%d\n", static_call_key_update(&key, target_a));
			break;
		case 'b':
			printf("%d\n", static_call_key_update(&key, target_b));
			break;
		case 'n':
			printf("%d\n", static_call_key_update(&key, NULL));
			break;
		case 'A':
			key = target_a;
			puts("stored");
			break;
		case 'B':
			key = target_b;
			puts("stored");
			break;
		case 'N':
			key = NULL;
			puts("stored");
			break;
		case 'v':
			printf("%ld\n", static_call_key_verify());
			break;
		case 'x':
			static_call_key_for_each_site(&key, see, NULL);
			break;
		case 'p':
			pause_here();
			puts("pause");
			break;
		}
	}
	return 0;
}
