// SPDX-License-Identifier: MIT
/*
 * kernel.c - the port for the Linux kernel: state, lock, memory, core synchronisation,
 * and the functions that the kernel itself knows to do nothing.
 */
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/static_call.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>
#ifndef CONFIG_UML
#include <asm/asm.h>
#endif
#include <asm/sync_core.h>
#if defined(CONFIG_PARAVIRT) && !defined(MODULE)
#include <asm/paravirt_types.h>
#endif

#include "linux-kernel.h"
#include "strerror.h"

#undef pr_fmt
#define pr_fmt(fmt) "static_call_key: " fmt

static struct scrt_state state = { .key_lo = UINTPTR_MAX };
struct scrt_state *scrt_known_state = &state;

struct scrt_state *scrt_find_state(int *err)
{
	*err = 0;
	return &state;
}

/* ---- the lock ---- */

static DEFINE_MUTEX(lock);
static struct task_struct *owner;
static bool asked;

int scrt_lock(struct scrt_state *s, bool *forked)
{
	/* At boot there is one thread, which may not be preempted but need not wait. */
	if (READ_ONCE(owner) == current ||
	    (system_state != SYSTEM_BOOTING &&
	     (in_atomic() || irqs_disabled() || rcu_preempt_depth())))
		return -EDEADLK;
	might_sleep();
	mutex_lock(&lock);
	WRITE_ONCE(owner, current);
	*forked = false;
	return 0;
}

bool scrt_unlock(struct scrt_state *s)
{
	if (xchg(&asked, false))
		return false;
	WRITE_ONCE(owner, NULL);
	mutex_unlock(&lock);
	return true;
}

/* Stores to keys where the runtime may not sleep, or in one of its callbacks. */
static void (*asked_for)(void);

static void do_asked(struct work_struct *work)
{
	READ_ONCE(asked_for)();
}

static DECLARE_WORK(asked_work, do_asked);

/* All callers ask for the same; schedule_work() is a barrier before do_asked(). */
void scrt_lock_ask(struct scrt_state *s, void (*later)(void))
{
	WRITE_ONCE(asked_for, later);
	WRITE_ONCE(asked, true);
	schedule_work(&asked_work);
}

void scrt_lock_exit(void)
{
	cancel_work_sync(&asked_work);
}

/* ---- memory ---- */

void *scrt_alloc(size_t bytes)
{
	return kvzalloc(bytes, GFP_KERNEL);
}

void scrt_free(void *p, size_t bytes)
{
	kvfree(p);
}

/*
 * A store that changes nothing, and at which the processor may fault. No kernel for ARCH=um
 * protects its data.
 */
int scrt_key_probe(void *key)
{
	int err = 0;

#ifdef CONFIG_UML
	asm volatile("lock orq $0, %0" : "+m"(*(scrt_word *)key) : : "cc");
#else
	asm volatile("1:	lock orq $0, %1\n"
		     "2:\n" /* clang-format off */
		     _ASM_EXTABLE_TYPE_REG(1b, 2b, EX_TYPE_EFAULT_REG, %0) /* clang-format on */
		     : "+r"(err), "+m"(*(scrt_word *)key)
		     :
		     : "cc");
#endif
	return err ? -EACCES : 0;
}

/* ---- text ---- */

uintptr_t scrt_text_start(uintptr_t lo)
{
	return lo & PAGE_MASK;
}

uintptr_t scrt_text_end(uintptr_t hi)
{
	return PAGE_ALIGN(hi);
}

/* F: the partners are the stores to sites in x86_64.h, through scrt_text_write(). */
static void sync_this_core(void *unused)
{
	sync_core();
}

void scrt_sync_cores(struct scrt_state *s)
{
	on_each_cpu(sync_this_core, NULL, 1);
}

void scrt_fatal(const struct scrt_state *s, const char *name, int err)
{
	WARN(1,
	     "static_call: a store changed the key %s, but its call sites cannot follow: %s (error %d)\n",
	     name ? name : "(no name)", scrt_strerror(err), -err);
}

/*
 * The code is "sarq $5, %gs:counter", and the function comes next; see asm/nospec-branch.h. Up
 * to Linux 6.6 the counter's address is absolute, and then relative to %rip.
 */
uint64_t scrt_port_uncounted(uintptr_t site, uint64_t form)
{
	uintptr_t destination = scrt_destination(site, form);
	struct scrt_site call = { .address = site };
	uintptr_t function;
	uint64_t code;

	if ((form & SCRT_OPCODE_MASK) != SCRT_OPCODE_CALL ||
	    get_kernel_nofault(code, (uint64_t *)destination))
		return form;
	if ((code & 0xffffffff) == 0x3dc14865)
		function = destination + 9;
	else if ((code & 0xffffffffff) == 0x253cc14865)
		function = destination + 10;
	else
		return form;
	/* Which the kernel then calls, where it writes a no-op otherwise. */
	if (function == (uintptr_t)__static_call_return0)
		return SCRT_FORM_ZERO;
	return scrt_branch(&call, function);
}

/*
 * __static_call_return0() has no other form in the kernel's own patching. paravirt_nop
 * is not for modules to know.
 */
uint64_t scrt_port_form_of(uintptr_t target)
{
	if (target == (uintptr_t)__static_call_return0)
		return SCRT_FORM_ZERO;
#if defined(CONFIG_PARAVIRT) && !defined(MODULE)
	if (target == (uintptr_t)paravirt_nop)
		return SCRT_FORM_NOP;
#endif
	return 0;
}
