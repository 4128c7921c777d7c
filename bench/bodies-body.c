/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bodies-body.c - calls of functions that are one instruction. KIND: what the calls are. */
#include "bodies.h"

#define JOIN__(a, b) a##_##b
#define JOIN_(a, b)  JOIN__(a, b)
#define NAME(name)   JOIN_(name, KIND)

#if defined(KIND_inline)
TARGETS(static inline, inlined)
#define CALL(name) inlined_##name
#elif defined(KIND_direct)
#define CALL(name) untold_##name
#else
#ifdef KIND_indirect
#define TAG
#else
#define TAG STATIC_CALL_KEY
#endif
#ifdef KIND_body
#define TARGET(name) told_##name
#else
#define TARGET(name) untold_##name
#endif
/* Not static: GCC must not take an untagged one for a constant. */
extern void (*NAME(nothing))(void) TAG;
extern unsigned long (*NAME(constant))(void) TAG;
extern unsigned long (*NAME(identity))(unsigned long) TAG;
extern void (*NAME(clear))(unsigned char *) TAG;
void (*NAME(nothing))(void) = TARGET(nothing);
unsigned long (*NAME(constant))(void) = TARGET(constant);
unsigned long (*NAME(identity))(unsigned long) = TARGET(identity);
void (*NAME(clear))(unsigned char *) = TARGET(clear);
#define CALL(name) NAME(name)
#endif

#define EIGHT(statement)                                                                        \
	do {                                                                                    \
		statement statement statement statement statement statement statement statement \
	} while (0)

/* GCC must not make one of several, nor a loop that counts. */
#define KEEP(x) __asm__ volatile("" : "+r"(x))

__attribute__((noipa)) unsigned long NAME(run_nothing)(unsigned long n)
{
	unsigned long i, s = 0;

	for (i = 0; i < n; i++)
		EIGHT(CALL(nothing)(); s += i; KEEP(s););
	return s;
}

__attribute__((noipa)) unsigned long NAME(run_constant)(unsigned long n)
{
	unsigned long i, s = 0;

	for (i = 0; i < n; i++)
		EIGHT(s += CALL(constant)(); KEEP(s););
	return s;
}

__attribute__((noipa)) unsigned long NAME(run_identity)(unsigned long n)
{
	unsigned long i, s = 0;

	for (i = 0; i < n; i++)
		EIGHT(s = CALL(identity)(s) + i; KEEP(s););
	return s;
}

__attribute__((noipa)) unsigned long NAME(run_clear)(unsigned long n)
{
	static unsigned char bytes[64];
	unsigned char *p = bytes;
	unsigned long i;

	for (i = 0; i < n; i++)
		EIGHT(KEEP(p); CALL(clear)(p););
	return bytes[0];
}

#define WORKS_(kind)  const struct work works_##kind[WORKS]
#define WORKS__(kind) WORKS_(kind)

WORKS__(KIND) = {
	{ "nothing", NAME(run_nothing) },
	{ "constant", NAME(run_constant) },
	{ "identity", NAME(run_identity) },
	{ "clear", NAME(run_clear) },
};
