/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The other reasons. */
/* { dg-do compile } */
/* { dg-additional-options "-Wno-attributes" } */
/* { dg-final { scan-assembler-not {(call|jmp)\tstatic_call_key_trampoline} } } */
/* { dg-final { scan-report {"function":"variable",.*"result":"indirect","reason":"variable-index"} } } */
/* { dg-final { scan-report {"function":"volatile_load",.*"result":"indirect","reason":"volatile"} } } */
/* { dg-final { scan-report {"function":"atomic_load",.*"result":"indirect","reason":"atomic"} } } */
/* { dg-final { scan-report {"function":"not_static",.*"result":"indirect","reason":"not-static"} } } */
/* { dg-final { scan-report {"function":"several",.*"result":"indirect","reason":"several-values"} } } */
/* { dg-final { scan-report {"function":"in_thread",.*"result":"indirect","reason":"thread-local"} } } */
/* { dg-final { scan-report {"function":"packed",.*"result":"indirect","reason":"packed"} } } */
/* { dg-final { scan-report {"function":"untagged",.*"result":"indirect","reason":"untagged"} } } */
/* { dg-final { scan-report-not {"result":"direct"} } } */
/* { dg-final { scan-report-times {"event":"unit",.*"direct":0,"indirect":8,.*"sites":0} 1 } } */
#include <static_call.h>

struct ops {
	int (*call)(int) STATIC_CALL_KEY;
};

struct __attribute__((packed)) unaligned {
	char c;
	int (*call)(int) STATIC_CALL_KEY;
};

int (*table[4])(int) STATIC_CALL_KEY;
int (*volatile vkey)(int) STATIC_CALL_KEY;
int (*key)(int) STATIC_CALL_KEY;
int (*key2)(int) STATIC_CALL_KEY;
__thread struct ops thread_ops;
struct unaligned unaligned;
int (*plain)(int);

int variable(int i, int x)
{
	return table[i](x) + 1;
}

int volatile_load(int x)
{
	return vkey(x) + 1;
}

int atomic_load(int x)
{
	return __atomic_load_n(&key, __ATOMIC_ACQUIRE)(x) + 1;
}

int not_static(struct ops *p, int x)
{
	return p->call(x) + 1;
}

int several(int c, int x)
{
	return (c ? key : key2)(x) + 1;
}

int in_thread(int x)
{
	return thread_ops.call(x) + 1;
}

int packed(int x)
{
	return unaligned.call(x) + 1;
}

int untagged(int x)
{
	return plain(x) + 1;
}
