/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An offer to what is no key is warned of, and the warning obeys. */
/* { dg-do compile } */
#include <static_call.h>

struct ops {
	int (*tagged)(int) STATIC_CALL_KEY;
	int (*plain)(int);
};

int (*key)(int) STATIC_CALL_KEY;
int (*forgotten)(int);
extern int (*elsewhere)(int);
struct ops ops;
int (*table[3])(int);
int (*keys[3])(int) STATIC_CALL_KEY;
int one(int x);

STATIC_CALL_KEY_OFFER(key, one, 0, 1);
STATIC_CALL_KEY_OFFER(ops.tagged, one, 0, 1);
STATIC_CALL_KEY_OFFER(keys[2], one, 0, 1);
STATIC_CALL_KEY_OFFER(forgotten, one, 0, 1); /* { dg-warning "to .forgotten., which is no .static_call_key.: calls through it stay indirect" } */
STATIC_CALL_KEY_OFFER(elsewhere, one, 0, 1); /* { dg-warning "to .elsewhere., which is no .static_call_key." } */
STATIC_CALL_KEY_OFFER(ops.plain, one, 0, 1); /* { dg-warning "to .ops., which is no .static_call_key." } */
STATIC_CALL_KEY_OFFER(table[1], one, 0, 1); /* { dg-warning "to .table., which is no .static_call_key." } */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wattributes"
STATIC_CALL_KEY_OFFER(forgotten, one, 0, 1);
#pragma GCC diagnostic pop

/* { dg-final { scan-assembler "static_call_key_module_init" } } */
/* { dg-final { scan-assembler "static_call_key_runtime_wanted" } } */
