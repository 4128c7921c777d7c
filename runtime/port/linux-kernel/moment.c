// SPDX-License-Identifier: MIT
/*
 * moment.c - what is needed in the middle of a dynamic call, which may be made anywhere: in
 * interrupts, NMIs too, with the locks of a run queue or of a workqueue held.
 *
 * The module has pushed three words and called the code at .learn, which has put the address
 * of the module's struct scrt_dynamic into %r11. All registers that the call may use for
 * arguments are kept: those that functions preserve by the functions, the others here. Those of
 * vectors and the x87 no kernel code touches.
 *
 * To decide, text has to be changed, which sleeps. An interrupt that the processor sends itself
 * comes when the caller lets it, and hands that to a workqueue.
 */
#include <linux/irq_work.h>
#include <linux/linkage.h>
#include <linux/rcupdate.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>
#include <asm/ibt.h>

#include "learn.h"
#include "linux-kernel.h"

#if SCRT_PORT_DYNAMIC

/* clang-format off */
asm(".pushsection .text, \"ax\", @progbits\n\t"
    ".p2align 4\n\t"
    ".globl scrt_learn_entry\n\t"
    ".hidden scrt_learn_entry\n\t"
    ".type scrt_learn_entry, @function\n"
    "scrt_learn_entry:\n\t"
    ASM_ENDBR /* objtool sees that its address is taken */
    SCRT_LEARN_KEEP
    "movq %r11, %rdi\n\t"
    "leaq 8+" SCRT_LEARN_KEPT "(%rsp), %rsi\n\t"
    "movq %r10, %rdx\n\t"
    "call scrt_learn_call\n\t"
    SCRT_LEARN_RESTORE
    ASM_RET
    ".size scrt_learn_entry, . - scrt_learn_entry\n\t"
    ".popsection");
/* clang-format on */

uint64_t scrt_clock(void)
{
	return ktime_get_mono_fast_ns();
}

/* What a task has had so far, stands still until its next tick. */
uint64_t scrt_spent(void)
{
	return scrt_clock();
}

/* ---- decisions ---- */

static void (*learn_decide)(void);

static void learn_do(struct work_struct *work)
{
	READ_ONCE(learn_decide)();
}

static DECLARE_WORK(learn_work, learn_do);

static void learn_interrupt(struct irq_work *irq)
{
	schedule_work(&learn_work);
}

static struct irq_work learn_irq = IRQ_WORK_INIT(learn_interrupt);

/* All callers ask for the same; queueing is a barrier before learn_do(). */
void scrt_learn_ask(void (*decide)(void))
{
	WRITE_ONCE(learn_decide, decide);
	irq_work_queue(&learn_irq);
}

#ifdef MODULE
/*
 * Nobody is told of the code above any more, and nobody may be in it: neither an interrupt nor a task
 * that was preempted there.
 */
void scrt_learn_exit(void)
{
	synchronize_rcu();
	synchronize_rcu_tasks();
	irq_work_sync(&learn_irq);
	cancel_work_sync(&learn_work);
}
#endif

#endif /* SCRT_PORT_DYNAMIC */
