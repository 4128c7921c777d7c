/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names in a clobber set, and where it stands. */
/* { dg-do compile } */
#include <static_call.h>

#define SET __attribute__((static_call_clobbers

int (*good)(int) SET("eax", "r8d", "r9b", "xmm3", "ymm4", "zmm15", "k1", "st", "st(7)", "mm0", "cc", "flags",
		     "sse", "x87", "mask")));
int (*unknown)(int) SET("rax", "foo"))); /* { dg-error "unknown register name .foo." } */
int (*number)(int) SET("rax", "0"))); /* { dg-error "unknown register name .0." } */
int (*memory)(int) SET("rax", "memory"))); /* { dg-error "unknown register name .memory." } */
int (*no_string)(int) SET(3))); /* { dg-error "names of registers, in quotes" } */
int (*stack)(int) SET("rax", "rsp"))); /* { dg-error "cannot list .rsp.: no call may change the stack pointer" } */
int (*saved)(int) SET("rax", "rbx"))); /* { dg-error "cannot list .rbx.: calls of the ABI preserve it" } */
int (*frame)(int) SET("rax", "ebp"))); /* { dg-error "cannot list .ebp.: calls of the ABI preserve it" } */
int (*upper)(int) SET("rax", "r12d"))); /* { dg-error "cannot list .r12d.: calls of the ABI preserve it" } */
int (*result)(int) SET("rcx"))); /* { dg-error "must list .rax.: a value of type .int. is returned in it" } */
double (*real)(int) SET("rax"))); /* { dg-error "must list .xmm0." } */
__int128 (*wide)(int) SET("rax"))); /* { dg-error "must list .rdx." } */
struct large { long a[4]; };
struct large (*in_memory)(int) SET("rdi"))); /* { dg-error "must list .rax." } */
_Complex double (*complex)(int) SET("xmm0"))); /* { dg-error "must list .xmm1." } */
long double (*extended)(int) SET()));
void (*twice)(void) SET("rax"))) SET("rcx"))); /* { dg-error "given twice, with different registers" } */
int (*ms)(int) SET("rax"))) __attribute__((ms_abi)); /* { dg-error "Microsoft ABI" } */
int variable SET("rax"))); /* { dg-warning "only applies to function types" } */

extern int (*merged)(int) SET("rax")));
int (*merged)(int) SET("rax", "rcx"))); /* { dg-error "declarations disagree on" } */
