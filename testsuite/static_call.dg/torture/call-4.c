/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every expression of the contract's list is direct. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-not {call\t\*} } } */
/* { dg-final { scan-report-times {"event":"call",.*"result":"direct"} 11 } } */
/* { dg-final { scan-report-not {"result":"indirect"} } } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
void (*hook)(void) STATIC_CALL_KEY;
int g(int x);

int argument(int x)
{
	return key(g(x)) + 1;
}

int nested(int x)
{
	return key(key(x)) + 1;
}

int dereference(int x)
{
	return (*key)(x) + 1;
}

void guarded(void)
{
	if (hook)
		hook();
	g(1);
}

int branches(int c, int x)
{
	if (c)
		return key(x) + 1;
	return key(x + 1) + 2;
}

int copied(int x)
{
	int (*p)(int) = key;

	if (p)
		return p(x) + 1;
	return 0;
}

int shared_copy(int c, int x)
{
	int (*p)(int) = key;

	if (c)
		return p(x) + 1;
	return p(x + 1) + 2;
}

void loop(int n)
{
	int i;

	for (i = 0; i < n; i++)
		hook();
}
