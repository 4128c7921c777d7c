// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kprobes that come and go while updates run: on a site, where each is refused, and on the
 * instruction behind it, in the same quadword, where each is taken, works, and leaves what
 * it found.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>

#include "keys.h"
#include "test.h"

#define ROUNDS 40

static unsigned long updates, failed, hits;

static int updater(void *data)
{
	static int (*const targets[])(int) = { sckt_one, sckt_two };

	while (!kthread_should_stop()) {
		failed += static_call_key_update(&sckt_hook, targets[++updates % 2]) != 0;
		usleep_range(50, 100);
	}
	return 0;
}

static int hit(struct kprobe *probe, struct pt_regs *regs)
{
	hits++;
	return 0;
}

/* A call in this function. */
struct wanted {
	unsigned long function;
	const u8 *site;
};

static int find_call(const struct static_call_key_site_info *info, void *data)
{
	struct wanted *wanted = data;

	if (info->flags & STATIC_CALL_KEY_SITE_INFO_TAIL)
		return 0;
	wanted->site = info->site;
	return (unsigned long)info->site - wanted->function < 64;
}

static int register_at(struct kprobe *probe, const void *address)
{
	memset(probe, 0, sizeof(*probe));
	probe->addr = (kprobe_opcode_t *)address;
	probe->pre_handler = hit;
	return register_kprobe(probe);
}

static bool refused_on_call(const void *key, unsigned long function)
{
	struct wanted wanted = { .function = function };
	static struct kprobe on;
	int err;

	sckt_expect(static_call_key_for_each_site(key, find_call, &wanted) == 1);
	err = register_at(&on, wanted.site);
	if (!err)
		unregister_kprobe(&on);
	sckt_expect(err == -EINVAL);
	return true;
}

/* On a call, and on one of NULL, which is a no-op. */
bool sckt_probe(void)
{
	sckt_expect(refused_on_call(&sckt_hook, (unsigned long)sckt_call));
	sckt_expect(refused_on_call(&sckt_event, (unsigned long)sckt_notify));
	sckt_expect(static_call_key_verify() == 0);
	return true;
}

bool sckt_probes(void)
{
	struct task_struct *task;
	static struct kprobe on, behind;
	unsigned int i, taken = 0, refused = 0;
	u8 before[32], after[32];
	struct wanted wanted = { .function = (unsigned long)sckt_call };
	int r = 0;

	sckt_expect(static_call_key_for_each_site(&sckt_hook, find_call, &wanted) == 1);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	memcpy(before, (void *)sckt_call, sizeof(before));
	updates = failed = hits = 0;
	task = kthread_run(updater, NULL, "sckt/updater");
	sckt_expect(!IS_ERR(task));
	for (i = 0; i < ROUNDS; i++) {
		if (register_at(&on, wanted.site) == -EINVAL)
			refused++;
		else
			unregister_kprobe(&on);
		if (register_at(&behind, wanted.site + 5))
			continue;
		taken++;
		usleep_range(100, 200);
		r = sckt_call(5);
		unregister_kprobe(&behind);
		if (r != 1005 && r != 2005)
			break;
	}
	kthread_stop(task);
	pr_info("static_call_test: probes: %lu updates, %lu failed, %u refused, %u taken, %lu hits\n",
		updates, failed, refused, taken, hits);
	sckt_expect(static_call_key_update(&sckt_hook, sckt_one) == 0);
	memcpy(after, (void *)sckt_call, sizeof(after));
	sckt_expect(i == ROUNDS && refused == ROUNDS && taken == ROUNDS && hits == ROUNDS);
	sckt_expect(updates && !failed && !memcmp(before, after, sizeof(before)));
	sckt_expect(sckt_call(5) == 1005 && static_call_key_verify() == 0);
	return true;
}
