// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the kernel's own static calls have a form of their own for, beside the tag that does the
 * same; and a probe on a function that begins with a site.
 */
#include <linux/static_call.h>
#include <linux/kprobes.h>

#include "keys.h"
#include "test.h"

/* ---- a call that is made if there is something to call, and one that is made always ---- */

static int kernels, ours;

static noinline void add_kernels(int x)
{
	kernels += x;
}

static noinline void add_ours(int x)
{
	ours += x;
}

static void (*some)(int) __static_call_keyed;
DEFINE_STATIC_CALL_NULL(sckt_some, add_kernels);

static noinline void if_there(int x)
{
	static_call_cond(sckt_some)(x);
	if (some)
		some(x);
}

static noinline void always(int x)
{
	static_call(sckt_some)(x);
	some(x);
}

bool sckt_conditional(void)
{
	kernels = ours = 0;
	if_there(1);
	sckt_expect(kernels == 0 && ours == 0);
	static_call_update(sckt_some, add_kernels);
	sckt_expect(static_call_key_update(&some, add_ours) == 0);
	sckt_expect(sckt_sites(&some) == 2 && sckt_lead_to(&some, add_ours));
	if_there(2);
	always(4);
	sckt_expect(kernels == 6 && ours == 6);
	static_call_update(sckt_some, NULL);
	sckt_expect(static_call_key_update(&some, NULL) == 0);
	if_there(8);
	sckt_expect(kernels == 6 && ours == 6);
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

/* ---- a result where there is nothing to call ---- */

static int (*value)(int) __static_call_keyed_nop_if_null;
DEFINE_STATIC_CALL_RET0(sckt_value, sckt_one);

static noinline int both_values(int x)
{
	return static_call(sckt_value)(x) * 10000 + value(x);
}

bool sckt_default(void)
{
	sckt_expect(both_values(1) == 0);
	static_call_update(sckt_value, sckt_two);
	sckt_expect(static_call_key_update(&value, sckt_two) == 0);
	sckt_expect(both_values(1) == 2001 * 10000 + 2001);
	static_call_update(sckt_value, (void *)&__static_call_return0);
	sckt_expect(static_call_key_update(&value, NULL) == 0);
	sckt_expect(both_values(1) == 0);
	return true;
}

/* ---- the first instruction is a site ---- */

/* No call of ftrace comes first, so that a no-op has to, on which a probe may stand. */
static noinline notrace int begins_with_site(int x)
{
	return value(x);
}

static int hits;

static int hit(struct kprobe *probe, struct pt_regs *regs)
{
	hits++;
	return 0;
}

bool sckt_entry_probe(void)
{
	static struct kprobe probe;
	const u8 *at = (const u8 *)begins_with_site;
	bool right;

	/* endbr64 */
	if (!memcmp(at, "\xf3\x0f\x1e\xfa", 4))
		at += 4;
	sckt_expect(*at == 0x90);
	probe = (struct kprobe){ .addr = (void *)begins_with_site, .pre_handler = hit };
	hits = 0;
	sckt_expect(register_kprobe(&probe) == 0);
	right = begins_with_site(1) == 0;
	right &= static_call_key_update(&value, sckt_one) == 0 && begins_with_site(1) == 1001;
	right &= static_call_key_update(&value, NULL) == 0 && begins_with_site(1) == 0;
	unregister_kprobe(&probe);
	sckt_expect(right && hits == 3);
	sckt_expect(begins_with_site(1) == 0 && static_call_key_verify() == 0);
	return true;
}
