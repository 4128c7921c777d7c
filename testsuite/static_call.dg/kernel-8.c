/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel has its own plans with stays as it is: code that must not be traced, memory that
 * goes after start-up, functions without retpolines.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -mindirect-branch=thunk-extern -fplugin-arg-static_call-kernel-module -fplugin-arg-static_call-dynamic=everywhere -fplugin-arg-static_call-report" } */
/* { dg-final { scan-assembler-times {\tcall\t__SCT__static_call_key_dynamic} 2 } } */
#define SECTION(name) __attribute__((noinline, section(name)))

struct ops {
	int (*fn)(int);
};

SECTION(".noinstr.text") int untraced(const struct ops *ops);
int untraced(const struct ops *ops)
{
	return ops->fn(1) + 1; /* { dg-message "not dynamic: its function is in a section of its own" } */
}

SECTION(".init.text") int first(const struct ops *ops);
int first(const struct ops *ops)
{
	return ops->fn(2) + 1; /* { dg-message "not dynamic: its function is in a section of its own" } */
}

SECTION(".kprobes.text") int probing(const struct ops *ops);
int probing(const struct ops *ops)
{
	return ops->fn(3) + 1; /* { dg-message "not dynamic: its function is in a section of its own" } */
}

__attribute__((indirect_branch("keep"))) int bare(const struct ops *ops);
int bare(const struct ops *ops)
{
	return ops->fn(4) + 1; /* { dg-message "not dynamic: .* makes indirect calls in a way of its own" } */
}

SECTION(".sched.text") int waiting(const struct ops *ops);
int waiting(const struct ops *ops)
{
	return ops->fn(5) + 1; /* { dg-message "made dynamic" } */
}

int other(const struct ops *ops);
int other(const struct ops *ops)
{
	return ops->fn(6) + 1; /* { dg-message "made dynamic" } */
}
/* { dg-message "static_call.: 2 calls made dynamic" "" 0 } */
/* { dg-message "0 calls made direct, 6 left indirect" "" 0 } */
