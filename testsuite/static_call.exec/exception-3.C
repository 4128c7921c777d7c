/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An exception leaves a shared library through a site of the program, and the other way round. */
/* { dg-do run } */
/* { dg-shared-library "exception-3-lib.C" } */
#include "check.h"

extern int (*library_key)(int) STATIC_CALL_KEY;
int library_throws(int x);
int library_calls(int x);

NOIPA static int throws(int x)
{
	throw x + 1;
}

NOIPA static int work(int x)
{
	try {
		return library_key(x);
	} catch (int e) {
		return e * 1000;
	}
}

NOIPA static int through_library(int x)
{
	try {
		return library_calls(x);
	} catch (int e) {
		return e * 10;
	}
}

int main()
{
	CHECK_SITES(&library_key, library_throws, 2);
	CHECK(work(5) == 10000 && through_library(5) == 100);
	CHECK(static_call_key_update(&library_key, throws) == 0);
	CHECK_SITES(&library_key, throws, 2);
	CHECK(work(5) == 6000 && through_library(5) == 60);
	return 0;
}
