/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loaded by a program that runs. */
#include <static_call.h>

int of_library(int x);
int call_of_library(int x);

__attribute__((noipa)) int of_library(int x)
{
	return x - 1;
}

static int (*library_key)(int) STATIC_CALL_KEY = of_library;

int call_of_library(int x)
{
	return library_key(x) + 1;
}
