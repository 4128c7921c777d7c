/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which pointer of a struct an update means, behind arrays and structs of other pointers. */
/* { dg-do compile } */
#include <static_call.h>

typedef int quiet_fn(int) STATIC_CALL_KEY_CLOBBERS("rax");

int plain(int);

struct part {
	quiet_fn *quiet;
	int (*ordinary)(int);
};
struct ops {
	quiet_fn *table[2];
	int (*first)(int);
	struct part part[2];
	int (*last)(int);
	quiet_fn *quiet;
	struct part more[];
} ops STATIC_CALL_KEY = { .last = plain };
extern struct ops other STATIC_CALL_KEY;

void work(void)
{
	static_call_key_update(&ops.first, plain);
	static_call_key_update(&ops.part[1].ordinary, plain);
	static_call_key_update(&ops.last, plain);
	static_call_key_update(&other.more[3].ordinary, plain);
	static_call_key_update(&ops.table[1], plain); /* { dg-error "may change .rdx." } */
	static_call_key_update(&ops.part[1].quiet, plain); /* { dg-error "may change .rdx." } */
	static_call_key_update(&ops.quiet, plain); /* { dg-error "may change .rdx." } */
	static_call_key_update(&other.more[3].quiet, plain); /* { dg-error "may change .rdx." } */
}
