/* SPDX-License-Identifier: GPL-2.0-or-later */
/* noinline, noipa, and callers that are rare: plain sites, and a reason for each. */
/* { dg-do assemble } */
/* { dg-final { scan-sections-not {static_call_key_guards} } } */
/* { dg-final { scan-report-times {"key":"noinline_key",.*"reason":"noinline"} 1 } } */
/* { dg-final { scan-report-times {"key":"noipa_key",.*"reason":"noinline"} 1 } } */
/* { dg-final { scan-report-times {"key":"key",.*"reason":"cold"} 2 } } */
#include <static_call.h>

__attribute__((cold, noreturn)) void ends(int x);

__attribute__((noinline)) static int noinline(int x)
{
	return x + 1;
}

__attribute__((noipa)) static int noipa(int x)
{
	return x + 2;
}

static int add(int x)
{
	return x + 3;
}

int (*noinline_key)(int) STATIC_CALL_KEY = noinline;
int (*noipa_key)(int) STATIC_CALL_KEY = noipa;
int (*key)(int) STATIC_CALL_KEY = add;

int work(int x)
{
	return noinline_key(x) + noipa_key(x);
}

__attribute__((cold)) int cold(int x)
{
	return key(x) + 1;
}

int rare(int x)
{
	if (x < 0) {
		int y = key(x);

		ends(y);
	}
	return x;
}
