// SPDX-License-Identifier: MIT
/*
 * vmlinux-learn.c - dynamic calls of vmlinux, in a kernel that has the runtime built in: where they
 * lead as linked, where what they learn is kept, and since when they, and those of modules, learn.
 *
 * As linked they jump through the kernel's own thunk of %r10. What decides that is a word of
 * vmlinux's data, so they may be made from the first instruction on that is written in C. When
 * text can be changed, and memory be had near it, interrupts be sent and work be queued, which is
 * when the last of the initcalls run, the word leads to moment.c.
 *
 * The code is here, and no unit's own, so that objtool sees it once and as any other: it
 * lists the jumps, which the kernel makes what the processor needs, and tells how to unwind.
 * So it does of the room for blocks, which are no-ops that end in a jump: whatever is
 * written there does not move the stack.
 */
#include "dynamic.h"
#include "enter.h"
#include "learn.h"
#include "linux-kernel.h"

#if SCRT_PORT_DYNAMIC && !defined(MODULE)

/* Older kernels, which have no such calls, do not have all of these. */
#include <linux/execmem.h>
#include <linux/init.h>
#include <linux/linkage.h>
#include <linux/memory.h>
#include <linux/string.h>
#include <linux/stringify.h>
#include <asm/ibt.h>
#include <asm/sections.h>
#include <asm/text-patching.h>

/* ---- code ---- */

#define LEARN_ROOM_BYTES (CONFIG_STATIC_CALL_KEY_DYNAMIC_ROOM * 1024)

/* What the plugin calls them: of calls that go by thunks of the kernel. */
#define LEARN_ENTRY      "static_call_key_dynamic_thunk_extern"
#define LEARN_KNOWN      LEARN_ENTRY "_known"
#define LEARN_PLAIN      LEARN_ENTRY "_plain"
#define LEARN_STATE      "static_call_key_state_thunk_extern"
#define LEARN_ROOM       "static_call_key_blocks"

/* Not for indirect jumps, though their addresses are in data. */
/* clang-format off */
#define LEARN_FUNCTION(name)          \
	ASM_FUNC_ALIGN "\n\t"         \
	".globl " name "\n\t"         \
	".hidden " name "\n\t"        \
	".type " name ", @function\n" \
	name ":\n\t" ANNOTATE_NOENDBR "\n\t"
#define LEARN_END(name) ".size " name ", . - " name "\n\t"

/* See static_call_abi.h, struct static_call_key_state, and the plugin's emit/dynamic-kernel.c. */
asm(".pushsection .text, \"ax\", @progbits\n\t"
    LEARN_FUNCTION(LEARN_ENTRY)
    "cmpq $0, static_call_key_learn(%rip)\n\t"
    "jne 1f\n\t"
    "jmp __x86_indirect_thunk_r10\n"
    "1:	xorl %r11d, %r11d\n\t"
    "jmp " LEARN_KNOWN "\n\t"
    LEARN_END(LEARN_ENTRY)

    LEARN_FUNCTION(LEARN_PLAIN)
    "jmp __x86_indirect_thunk_r10\n\t"
    LEARN_END(LEARN_PLAIN)

    LEARN_FUNCTION(LEARN_KNOWN)
    "cmpq $0, static_call_key_learn(%rip)\n\t"
    "jne 1f\n\t"
    "jmp __x86_indirect_thunk_r10\n"
    "1:	pushq %r11\n\t"
    "leaq " LEARN_STATE "(%rip), %r11\n\t"
    "pushq %r11\n\t"
    "movq static_call_key_learn(%rip), %r11\n\t"
    "testq %r11, %r11\n\t"
    "je 2f\n\t"
    "call __x86_indirect_thunk_r11\n"
    "2:	addq $16, %rsp\n\t"
    "jmp __x86_indirect_thunk_r10\n\t"
    LEARN_END(LEARN_KNOWN)

    LEARN_FUNCTION(LEARN_ROOM)
    ".fill " __stringify(LEARN_ROOM_BYTES) " - 5, 1, 0x90\n\t"
    "jmp " LEARN_PLAIN "\n\t"
    LEARN_END(LEARN_ROOM)
    ".popsection\n\t"

    ".pushsection .rodata.static_call_key_states, \"a\", @progbits\n\t"
    ".balign " __stringify(STATIC_CALL_KEY_STATE_SIZE) "\n\t"
    ".globl " LEARN_STATE "\n\t"
    ".hidden " LEARN_STATE "\n\t"
    ".type " LEARN_STATE ", @object\n"
    LEARN_STATE ":\n\t"
    ".long " LEARN_ENTRY " - ., " LEARN_KNOWN " - ., " LEARN_PLAIN " - ., 0\n\t"
    ".zero " __stringify(STATIC_CALL_KEY_STATE_SIZE) " - 16\n\t"
    LEARN_END(LEARN_STATE)
    ".popsection");
/* clang-format on */

extern char static_call_key_blocks[];

/* Nobody executes it before a site leads there. */
void scrt_code_store(struct scrt_module *m, uintptr_t at, const void *from, size_t bytes)
{
	mutex_lock(&text_mutex);
	text_poke_copy_locked((void *)at, from, bytes, true);
	mutex_unlock(&text_mutex);
}

int scrt_code_open(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return 0;
}

int scrt_code_close(struct scrt_module *m, uintptr_t lo, uintptr_t hi)
{
	return 0;
}

bool scrt_code_is_there(const struct scrt_module *m, uintptr_t code, size_t bytes)
{
	if (m->text)
		return scrt_area_of(m->text, code, bytes);
	return memory_contains(_stext, _etext, (void *)code, bytes);
}

/* ---- memory ---- */

/*
 * What blocks count has to be where they reach, as modules are. vmlinux never goes, and so
 * this does not. Modules have room of their own, which goes with them.
 */
int scrt_room_place(struct scrt_dynamic *d)
{
	size_t n = d->max_slots, hits = d->state->counting ? n * sizeof(*d->hits) : 0;
	char *data;

	if (d->module->text)
		return scrt_room_of_module(d);
	data = execmem_alloc(EXECMEM_MODULE_DATA, hits + n * sizeof(*d->budgets));
	if (!data)
		return -ENOMEM;
	memset(data, 0, hits + n * sizeof(*d->budgets));
	d->hits = hits ? (struct scrt_hits *)data : NULL;
	d->budgets = (int32_t *)(data + hits);
	d->code_lo = (uintptr_t)static_call_key_blocks;
	d->code_hi = d->code_lo + LEARN_ROOM_BYTES;
	return 0;
}

/* Only modules go, and nobody is in code of one that does, nor in blocks, which are in it. */
bool scrt_code_in_use(uintptr_t desc)
{
	return false;
}

/* ---- the start ---- */

static bool learn_started;

bool scrt_may_learn(void)
{
	return learn_started;
}

static int __init learn_init(void)
{
	struct scrt_state *s;
	size_t i;

	scrt_steer_init();
	learn_started = true;
	if (scrt_enter(&s))
		return 0;
	for (i = 0; s->registry && i < s->registry->nmodules; i++)
		if (!s->registry->modules[i]->dynamic)
			scrt_dynamic_register(s, s->registry->modules[i]);
	scrt_leave(s);
	return 0;
}
late_initcall(learn_init);

#endif /* SCRT_PORT_DYNAMIC && !MODULE */
