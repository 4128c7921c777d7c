// SPDX-License-Identifier: MIT
/*
 * steer.c - dynamic calls are steered and watched by parameters of static_call_key.ko, or, where
 * that is built in, of the same name: static_call_key.dynamic=off on the kernel's command line,
 * and /sys/module/static_call_key/parameters.
 *
 *	dynamic=learn		the default; written later: as static_call_dynamic_learn()
 *	dynamic=freeze		as static_call_dynamic_freeze()
 *	dynamic=off		calls stay as linked; only when the module is loaded, or at boot
 *	count=1			hits and misses of learned calls are counted, in modules that are
 *				built for it (static_call_count), and in vmlinux
 *	dynamic_stats		to read: struct static_call_dynamic_stats, a line a member
 *	dynamic_calls		to read: the calls that were made, as far as a page holds them
 */
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "linux-kernel.h"

#if SCRT_PORT_DYNAMIC

#ifndef MODULE
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "static_call_key."
#endif

static bool count;
module_param(count, bool, 0444);
MODULE_PARM_DESC(count, "count hits and misses of learned dynamic calls");

void __init scrt_steer_init(void)
{
	scrt_known()->counting = count;
}

/* ---- dynamic ---- */

/* Those of a command line are set before anything learns. */
static bool steer_started(void)
{
#ifdef MODULE
	return THIS_MODULE->state == MODULE_STATE_LIVE;
#else
	return scrt_may_learn();
#endif
}

static int steer_set(const char *word, const struct kernel_param *kp)
{
	struct scrt_state *s = scrt_known();

	if (sysfs_streq(word, "learn"))
		return s->dynamic_off ? -EPERM : static_call_key_rt_dynamic_learn();
	if (sysfs_streq(word, "freeze"))
		return static_call_key_rt_dynamic_freeze();
	if (!sysfs_streq(word, "off"))
		return -EINVAL;
	if (steer_started())
		return -EPERM;
	s->dynamic_off = true;
	return 0;
}

static int steer_get(char *page, const struct kernel_param *kp)
{
	const struct scrt_state *s = scrt_known();

	return sysfs_emit(page, "%s\n", s->dynamic_off ? "off" : s->frozen ? "freeze" : "learn");
}

static const struct kernel_param_ops steer_ops = { .set = steer_set, .get = steer_get };
module_param_cb(dynamic, &steer_ops, NULL, 0644);
MODULE_PARM_DESC(dynamic, "dynamic calls: learn (default), freeze or off");

/* ---- what is known ---- */

static int stats_get(char *page, const struct kernel_param *kp)
{
	struct static_call_dynamic_stats t;
	int err = static_call_key_rt_dynamic_stats(&t);

	if (err)
		return err;
	return sysfs_emit(page,
			  "sites %zu\nseen %zu\nlearning %zu\nlearned %zu\ngiven_up %zu\n"
			  "refused %zu\nmodules %zu\noff %zu\nwhy %d\nswitches %llu\n"
			  "counted %llu\nhits %llu\nmisses %llu\nblock_bytes %zu\n"
			  "memory_bytes %zu\n",
			  t.sites, t.seen, t.learning, t.learned, t.given_up, t.refused, t.modules,
			  t.off, t.why, t.switches, t.counted, t.hits, t.misses, t.block_bytes,
			  t.memory_bytes);
}

static const struct kernel_param_ops stats_ops = { .get = stats_get };
module_param_cb(dynamic_stats, &stats_ops, NULL, 0444);

struct calls_page {
	char *page;
	int length;
};

static int calls_put(const struct static_call_dynamic_info *info, void *data)
{
	static const char *const states[] = { "learning", "learned", "given-up", "refused" };
	struct calls_page *p = data;
	unsigned int i;

	if (p->length > PAGE_SIZE - 512)
		return 1;
	if (info->name)
		p->length += sysfs_emit_at(p->page, p->length, "%s", info->name);
	else
		p->length += sysfs_emit_at(p->page, p->length, "%pS", info->site);
	p->length += sysfs_emit_at(p->page, p->length, " %s", states[info->state & 3]);
	for (i = 0; i < info->functions; i++)
		p->length += sysfs_emit_at(p->page, p->length, " %ps:%llu", info->function[i],
					   info->count[i]);
	p->length += sysfs_emit_at(p->page, p->length, " others:%llu\n", info->others);
	return 0;
}

static int calls_get(char *page, const struct kernel_param *kp)
{
	struct calls_page p = { .page = page };
	int ret = static_call_key_rt_dynamic_for_each(calls_put, &p);

	return ret < 0 ? ret : p.length;
}

static const struct kernel_param_ops calls_ops = { .get = calls_get };
module_param_cb(dynamic_calls, &calls_ops, NULL, 0400);

#endif /* SCRT_PORT_DYNAMIC */
