/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

extern int (*key)(int) STATIC_CALL_KEY;
extern int (*bare)(int) STATIC_CALL_KEY;
extern int (*early)(int) STATIC_CALL_KEY;
extern int (*stored)(int) STATIC_CALL_KEY;
extern int library_can, library_asked;

NOIPA int library_best(int x)
{
	return x + 3;
}

NOIPA static int worst(int x)
{
	return x + 4;
}

static int can(void)
{
	library_asked++;
	return library_can;
}

STATIC_CALL_KEY_OFFER(key, library_best, can, 20);
STATIC_CALL_KEY_OFFER(key, worst, can, -20);
STATIC_CALL_KEY_OFFER(bare, library_best, can, 20);
STATIC_CALL_KEY_OFFER(early, library_best, can, 20);
STATIC_CALL_KEY_OFFER(stored, library_best, can, 20);
