/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing may be thought of a call that only is true of the function inlined: the other may do anything. */
/* { dg-do assemble } */
/* { dg-final { scan-function work {\tmov +.*\(%rip\)} } } */
/* { dg-final { scan-function work.cold {\tcall} } } */
/* { dg-final { scan-function-not work_noreturn {ud2} } } */
#include <static_call.h>

extern int state;

static void nothing(void)
{
}

static void never(void)
{
	for (;;)
		state++;
}

void (*key)(void) STATIC_CALL_KEY = nothing;
void (*ends)(void) STATIC_CALL_KEY = never;

int work(void)
{
	int before = state;

	key();
	return before + state;
}

int work_noreturn(int x)
{
	if (x)
		ends();
	return 3;
}
