/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kernel that has the runtime built in: code of which is not said that it is vmlinux's own, or that
 * of a loadable module, has no dynamic calls.
 */
/* { dg-do compile } */
/* { dg-options "-O2 -mcmodel=kernel -fno-pic -ffreestanding -mindirect-branch=thunk-extern -fplugin-arg-static_call-kernel-builtin -fplugin-arg-static_call-dynamic=everywhere -fplugin-arg-static_call-report" } */
/* { dg-final { scan-assembler-not {static_call_key_dynamic} } } */
struct ops {
	int (*fn)(int);
};

int of_a_module(const struct ops *ops);
int of_a_module(const struct ops *ops)
{
	return ops->fn(1) + 1; /* { dg-message "not dynamic: .*the kernel has no runtime for them" } */
}
/* { dg-message "0 calls made direct, 1 left indirect" "" 0 } */
