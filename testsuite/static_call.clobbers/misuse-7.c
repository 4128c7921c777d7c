/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Initializers of pointers with clobber sets. */
/* { dg-do compile } */
#include <static_call.h>

typedef int quiet_fn(int) STATIC_CALL_KEY_CLOBBERS("rax");

int plain(int); /* { dg-message "declared here" } */
quiet_fn fine;
int finer(int) STATIC_CALL_KEY_CLOBBERS("rax");
int wider(int) STATIC_CALL_KEY_CLOBBERS("rax", "rcx");

struct ops {
	long other;
	quiet_fn *fn[2];
} ops STATIC_CALL_KEY;
quiet_fn *key STATIC_CALL_KEY;
int (*wide_key)(int) STATIC_CALL_KEY_CLOBBERS("rax", "rcx") STATIC_CALL_KEY;

quiet_fn *initialized STATIC_CALL_KEY = plain; /* { dg-error ".plain. may change .rdx., which calls through this pointer keep" } */
struct ops table = { 3, { fine, wider } }; /* { dg-error ".wider. may change .rcx." } */
struct ops good_table = { 3, { fine, finer } };
