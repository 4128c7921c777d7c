/* SPDX-License-Identifier: MIT */
/* log_hook.h - what the files of the module share. */
#ifndef LOG_HOOK_H
#define LOG_HOOK_H

#include <static_call.h>

/* The tag: every call through it is a direct call. */
extern void (*log_hook)(const char *text) __static_call_keyed;

void work(void);

#endif
