/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "const", by the type or by the tag: as pure. GCC keeps this attribute on pointers, so a call
 * through an untagged one is the measure. Where memory is written between two calls, the tag
 * keeps up with it and the type does not: each target is const, but the key may hold another
 * one by then, and GCC cannot be told that only a store to the key matters.
 */
/* { dg-do compile } */
/* { dg-additional-options "-mno-red-zone -fcf-protection=none" } */
#include <static_call.h>
#include "effects.h"

long (*typed)(long) __attribute__((const)) STATIC_CALL_KEY;
long (*tagged)(long) STATIC_CALL_KEY_CONST;
HIDDEN long (*plain)(long) __attribute__((const));
long global;

#define USES(kind, call)                                                                      \
	long equal_##kind(long x)                                                             \
	{                                                                                     \
		return call(x) + call(x);                                                     \
	}                                                                                     \
	void unused_##kind(long x)                                                            \
	{                                                                                     \
		call(x);                                                                      \
	}                                                                                     \
	long load_##kind(long x)                                                              \
	{                                                                                     \
		long before = global;                                                         \
		long value = call(x);                                                         \
                                                                                              \
		return before * value + global;                                               \
	}                                                                                     \
	long store_##kind(long x)                                                             \
	{                                                                                     \
		long value = call(x);                                                         \
                                                                                              \
		global = value;                                                               \
		return value + call(x);                                                       \
	}

#define assembly(x) ASM_CALL(plain, x)

USES(typed, typed)
USES(tagged, tagged)
USES(plain, plain)
USES(asm, assembly)

/* { dg-final { scan-body-times equal_typed {^call\s} 1 } } */
/* { dg-final { scan-body-times equal_tagged {^call\s} 1 } } */
/* { dg-final { scan-body-times equal_plain {^call\s} 1 } } */
/* { dg-final { scan-body-times equal_asm {^call\s} 2 } } */
/* { dg-final { no-longer-than equal_typed equal_plain } } */
/* { dg-final { no-longer-than equal_tagged equal_plain } } */
/* { dg-final { scan-body-not unused_typed {^(call|jmp)\s} } } */
/* { dg-final { scan-body-not unused_tagged {^(call|jmp)\s} } } */
/* { dg-final { scan-body-not unused_plain {^(call|jmp)\s} } } */
/* { dg-final { scan-body-times unused_asm {^call\s} 1 } } */
/* { dg-final { scan-body-times load_typed {global\(%rip\)} 1 } } */
/* { dg-final { scan-body-times load_tagged {global\(%rip\)} 1 } } */
/* { dg-final { scan-body-times load_plain {global\(%rip\)} 1 } } */
/* { dg-final { scan-body-times load_asm {global\(%rip\)} 2 } } */
/* { dg-final { scan-body-times store_tagged {^call\s} 1 } } */
/* { dg-final { scan-body-times store_plain {^call\s} 1 } } */
/* { dg-final { scan-body-times store_typed {^call\s} 2 } } */
/* { dg-final { no-longer-than store_tagged store_plain } } */
/* { dg-final { no-longer-than load_typed load_plain } } */
/* { dg-final { no-longer-than load_tagged load_plain } } */
