/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program that only calls through its key: it refers to no function of the runtime. */
#include <static_call.h>

static int one(int x)
{
	return x - 1;
}

int (*hook)(int) STATIC_CALL_KEY = one;

int main(int argc, char **argv)
{
	(void)argv;
	return hook(argc);
}
