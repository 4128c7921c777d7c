/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The store to a local whose address is an argument stays before a keyed call, and its value is
 * loaded after it. An asm without a "memory" clobber loses both: store-2.c shows what
 * comes of it. The clobber keeps them, but also stores and loads a local whose address nobody
 * else has, which a call cannot change.
 */
/* { dg-do compile } */
/* { dg-additional-options "-mno-red-zone -fcf-protection=none" } */
#include <static_call.h>
#include "effects.h"

long (*key)(long *) STATIC_CALL_KEY;
HIDDEN long (*plain)(long *);

#define USES(kind, call)                                                                      \
	long read_##kind(void)                                                                \
	{                                                                                     \
		long argument = 0x1234;                                                       \
                                                                                              \
		return call(&argument) + 1;                                                   \
	}                                                                                     \
	long write_##kind(void)                                                               \
	{                                                                                     \
		long argument = 0x1234;                                                       \
                                                                                              \
		call(&argument);                                                              \
		return argument;                                                              \
	}                                                                                     \
	/* It is the same element, and 0 the difference. */                                   \
	long kept_##kind(unsigned long i, long *p)                                            \
	{                                                                                     \
		long table[4] = { 0, 0, 0, 0 }, before;                                       \
                                                                                              \
		table[i & 3] = *p;                                                            \
		before = table[2];                                                            \
		call(p);                                                                      \
		return before - table[2];                                                     \
	}

#define assembly(p) ASM_CALL(plain, p)
#define bare(p) ASM_CALL_BARE(plain, p)

USES(key, key)
USES(plain, plain)
USES(asm, assembly)
USES(bare, bare)

/* { dg-final { scan-body-times read_key {^movq\s+\$4660, } 1 } } */
/* { dg-final { scan-body-times read_asm {^movq\s+\$4660, } 1 } } */
/* { dg-final { scan-body-not read_bare {\$4660} } } */
/* { dg-final { scan-body-times write_key {^movq\s+[0-9]*\(%rsp\), %rax} 1 } } */
/* { dg-final { scan-body-times write_asm {^movq\s+[0-9]*\(%rsp\), %rax} 1 } } */
/* { dg-final { scan-body-times write_bare {^mov[lq]\s+\$4660, %[er]ax} 1 } } */
/* { dg-final { scan-body-times kept_key {^xor[lq]\s+%eax, %eax} 1 } } */
/* { dg-final { scan-body kept_asm {\(%rsp\)} } } */
/* { dg-final { no-longer-than read_key read_plain } } */
/* { dg-final { no-longer-than write_key write_plain } } */
/* { dg-final { no-longer-than kept_key kept_plain } } */
