// SPDX-License-Identifier: MIT
/*
 * os-linux-kernel-builtin.c - the runtime as part of vmlinux: sites change in
 * batches of text_poke_queue(), and those of vmlinux itself are registered at
 * boot.
 */
#include <linux/kernel.h>
#include <linux/memory.h>
#include <linux/static_call.h>
#include <asm/sections.h>
#include <asm/text-patching.h>

#include "os-linux-kernel.h"
#include "x86_64.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

/* The plugin's; a vmlinux without keyed calls has none. */
extern struct static_call_key_module static_call_key_module __weak;

/* Windows that are open, all under one holding of text_mutex. */
static unsigned int windows;

/* vmlinux is one piece with this file; modules are not. */
int scrt_text_check(struct scrt_module *m)
{
	int err = scrt_modules_text(m);
	uint32_t i;

	if (err || m->text)
		return err;
	for (i = 0; i < m->nsites; i++)
		if (!kernel_text_address(scrt_relative(&m->sites[i].site)))
			return -EFAULT;
	return 0;
}

int scrt_text_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	if (!windows++)
		mutex_lock(&text_mutex);
	return 0;
}

int scrt_text_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	if (!--windows) {
		text_poke_finish();
		mutex_unlock(&text_mutex);
	}
	return 0;
}

/*
 * A processor that meets the breakpoint half-way is led on as if the new form
 * were there; that which returns 0 has to be told as the call that it stands for.
 */
void scrt_text_write(struct scrt_module *m, uintptr_t site, uint64_t form)
{
	void *address = (void *)site;

	if (form == SCRT_FORM_ZERO)
		text_poke_queue(address, &form, SCRT_SITE_BYTES,
				text_gen_insn(CALL_INSN_OPCODE, address, __static_call_return0));
	else
		text_poke_queue(address, &form, SCRT_SITE_BYTES, NULL);
}

void __init static_call_key_init(void)
{
	int err = 0;

	if (&static_call_key_module)
		err = static_call_key_rt_register(&static_call_key_module);
	if (err)
		pr_err("the sites of vmlinux stay at their trampolines: %s (error %d)\n",
		       scrt_strerror(err), -err);
}

static int __init modules_init(void)
{
	return scrt_modules_init();
}
early_initcall(modules_init);

void static_call_key_free_init_mem(void)
{
	scrt_forget((uintptr_t)__init_begin, (uintptr_t)__init_end);
}
