/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A key that is only declared leaves no trace: no record, no trampoline, no descriptor. */
/* { dg-do compile } */
/* { dg-final { scan-assembler-not {static_call(?!_key_seen)} } } */
/* Its address is taken: that this was done where the tag is seen is told, in strings. */
/* { dg-final { scan-assembler {\\tdeclared-1\.c\\taddress\\tkey"} } } */
#include <static_call.h>

struct ops {
	int (*call)(int) STATIC_CALL_KEY;
};

extern int (*key)(int) STATIC_CALL_KEY;
extern struct ops ops;

int (**address(void))(int)
{
	return &key;
}
