// SPDX-License-Identifier: MIT
/*
 * builtin.c - the runtime as part of vmlinux: sites change in
 * batches of text_poke_queue().
 */
#include <linux/kernel.h>
#include <linux/memory.h>
#include <linux/sched.h>
#include <linux/static_call.h>

#include "linux-kernel.h"
#include "text-poke.h"

/* Windows that are open, all under one holding of text_mutex. */
static unsigned int windows;

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

/* Does the kernel know, by itself, what to do in the place of this form? */
static bool form_is_known(uint64_t form)
{
	switch (form & SCRT_OPCODE_MASK) {
	case SCRT_OPCODE_CALL:
	case SCRT_OPCODE_JMP:
	case SCRT_OPCODE_RET:
		return true;
	default:
		return form == SCRT_FORM_NOP;
	}
}

/*
 * A processor that meets the breakpoint half-way is led on as if the new form
 * were there. Of one that is no branch, that which returns 0 and bodies, the kernel has to
 * be told the call that it stands for.
 */
void scrt_text_write(struct scrt_module *m, uintptr_t site, uint64_t form, uint64_t branch)
{
	uint64_t meanwhile = form_is_known(form) ? form : branch;
	const void *emulate = &meanwhile;
	void *address = (void *)site;

	if (meanwhile == SCRT_FORM_ZERO)
		emulate = text_gen_insn(CALL_INSN_OPCODE, address, __static_call_return0);
	text_poke_queue(address, &form, SCRT_SITE_BYTES, emulate);
}
