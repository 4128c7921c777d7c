/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In vmlinux, too, functions that the kernel has its own plans with stay as they are. */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -mindirect-branch=thunk-extern -fplugin-arg-static_call-kernel-builtin -fplugin-arg-static_call-kernel-vmlinux -fplugin-arg-static_call-dynamic=everywhere -fplugin-arg-static_call-report" } */
/* { dg-final { scan-assembler-times {\tcall\tstatic_call_key_dynamic_thunk_extern\n} 1 } } */
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

SECTION(".cpuidle.text") int idle(const struct ops *ops);
int idle(const struct ops *ops)
{
	return ops->fn(3) + 1; /* { dg-message "not dynamic: its function is in a section of its own" } */
}

SECTION(".sched.text") int waiting(const struct ops *ops);
int waiting(const struct ops *ops)
{
	return ops->fn(5) + 1; /* { dg-message "made dynamic" } */
}
/* { dg-message "static_call.: 1 calls made dynamic" "" 0 } */
/* { dg-message "0 calls made direct, 4 left indirect" "" 0 } */
