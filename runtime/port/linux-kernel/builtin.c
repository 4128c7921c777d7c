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
