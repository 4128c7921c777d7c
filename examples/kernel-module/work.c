// SPDX-License-Identifier: MIT
/* work.c - calls the hook, as any C code calls through a pointer. */
#include "log_hook.h"

void work(void)
{
	log_hook("work begins");
	log_hook("work ends");
}
