/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h - what the run tests check. A test that finds something wrong aborts.
 *
 *	CHECK(condition)
 *	CHECK_KEY(&key, fn)		every site of the key leads to fn, and the
 *					key has at least one
 *	CHECK_SITES(&key, fn, n)	the same, at least n sites
 *	CHECK_TAIL(&key, fn)		the same, and they are all tail calls
 *	UNSUPPORTED("reason")
 *
 * The macros that look at sites read the instruction bytes themselves, and only
 * believe the runtime where a site is. Without plugin or runtime they check that
 * the header says so.
 */
#ifndef CHECK_H
#define CHECK_H

#include <static_call.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOIPA __attribute__((noipa))

#define CHECK(condition) \
	((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

#define UNSUPPORTED(reason) \
	(printf("UNSUPPORTED: %s\n", reason), exit(0))

#if defined TEST_NO_PLUGIN || defined TEST_NO_RUNTIME
#define CHECK_PATCHED 0
#else
#define CHECK_PATCHED 1
#endif

#if defined TEST_NO_PLUGIN && defined STATIC_CALL_KEY_PLUGIN
#error "the plugin is loaded"
#endif
#if !defined TEST_NO_PLUGIN && !defined STATIC_CALL_KEY_PLUGIN
#error "the plugin is not loaded"
#endif

static inline void check_failed(const char *file, int line, const char *what)
{
	fflush(stdout);
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
	abort();
}

/* Where the five-byte instruction at p leads. */
static inline const void *check_destination(const unsigned char *p)
{
	int32_t displacement;

	memcpy(&displacement, p + 1, sizeof(displacement));
	return p + 5 + displacement;
}

static inline int check_reaches(const void *from, const void *to)
{
	intptr_t distance = (intptr_t)((uintptr_t)to - (uintptr_t)from - 5);

	return distance == (int32_t)distance;
}

/*
 * Most tests are linked with this function, which is compiled once for all of them; see
 * static_call_check_object in lib/.
 */
#ifdef CHECK_KEY_ELSEWHERE
#ifdef __cplusplus
extern "C"
#endif
void check_key(const char *file, int line, const void *key, const void *target, size_t least,
	       int all_tails);
#else
#include "check-key.h"
#endif

#define CHECK_SITES(key, fn, n) \
	check_key(__FILE__, __LINE__, (const void *)(key), (const void *)(fn), n, 0)
#define CHECK_KEY(key, fn)	CHECK_SITES(key, fn, 1)

/* GCC makes tail calls from -O2 up; the harness knows the level. */
#ifdef TEST_TAIL_CALLS
#define CHECK_TAIL(key, fn) \
	check_key(__FILE__, __LINE__, (const void *)(key), (const void *)(fn), 1, 1)
#else
#define CHECK_TAIL(key, fn)	CHECK_KEY(key, fn)
#endif

#endif
