/* SPDX-License-Identifier: MIT */
/* greet.h - a library with a hook. */
#ifndef GREET_H
#define GREET_H

#include <static_call.h>

/* How a greeting is shown: the tag is all that makes its calls direct. */
extern void (*greet_show)(const char *text) STATIC_CALL_KEY;

/* Say hello to a person, by greet_show. */
void greet(const char *name);

#endif
