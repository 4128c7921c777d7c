// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * uml-check.c - is what the benchmark measures right? Reading /proc/static_call_key_checks
 * prints a line a check, which begins with PASS or FAIL.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/unaligned.h>
#include <os.h>

#include "uml-check.h"

/* ---- what there is ---- */

static noinline int plus_one(int x)
{
	return x + 1;
}

static noinline int plus_two(int x)
{
	return x + 2;
}

static int calls_seen;

static noinline void see(void)
{
	calls_seen++;
}

static noinline void see_twice(void)
{
	calls_seen += 2;
}

static int (*number)(int) __static_call_keyed = plus_one;
static void (*event)(void) __static_call_keyed_nop_if_null;
static int (*amount)(int) __static_call_keyed_nop_if_null;

static struct {
	struct {
		void (*mark)(void);
		int (*value[2])(int);
	} inner;
	int (*other)(int);
} ops __static_call_keyed = { { see, { plus_one, plus_two } }, plus_one };

static noinline int number_called(int x)
{
	return number(x) * 10;
}

static noinline int number_tail(int x)
{
	return number(x);
}

static noinline void event_called(void)
{
	event();
	barrier();
}

static noinline void event_tail(void)
{
	event();
}

static noinline int amount_called(int x)
{
	return amount(x) + 100;
}

static noinline int ops_called(int x)
{
	ops.inner.mark();
	return ops.inner.value[0](x) * 100 + ops.inner.value[1](x) * 10 + ops.other(x);
}

/* For uml-module.c. */
int uml_shared_one(int x)
{
	return x + 1;
}
EXPORT_SYMBOL_GPL(uml_shared_one);

int uml_shared_two(int x)
{
	return x + 2;
}
EXPORT_SYMBOL_GPL(uml_shared_two);

int (*uml_shared)(int) __static_call_keyed = uml_shared_one;
EXPORT_SYMBOL_GPL(uml_shared);

/* ---- what the machine code says ---- */

struct code {
	const void *fn;
	unsigned int calls, jumps, others;
};

static int look(const struct static_call_key_site_info *info, void *data)
{
	const u8 *site = info->site;
	struct code *code = data;
	bool there = site + 5 + get_unaligned((const s32 *)(site + 1)) == (const u8 *)code->fn;

	if (there && site[0] == 0xe8)
		code->calls++;
	else if (there && site[0] == 0xe9)
		code->jumps++;
	else
		code->others++;
	return 0;
}

bool code_leads(const void *key, const void *fn, unsigned int calls, unsigned int jumps)
{
	struct code code = { .fn = fn };

	return !static_call_key_for_each_site(key, look, &code) && code.calls == calls &&
	       code.jumps == jumps && !code.others;
}

/* Does each site hold one of these? */
static const u8 form_nop[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };
static const u8 form_ret[] = { 0xc3, 0xcc, 0xcc, 0xcc, 0xcc };
static const u8 form_zero[] = { 0x2e, 0x2e, 0x2e, 0x31, 0xc0 };

static int is_nop(const struct static_call_key_site_info *info, void *data)
{
	bool tail = info->flags & STATIC_CALL_KEY_SITE_INFO_TAIL;

	++*(int *)data;
	return memcmp(info->site, tail ? form_ret : form_nop, 5) != 0;
}

static int is_zero(const struct static_call_key_site_info *info, void *data)
{
	++*(int *)data;
	return memcmp(info->site, form_zero, 5) != 0;
}

static int first_site(const struct static_call_key_site_info *info, void *data)
{
	*(u8 **)data = (u8 *)info->site;
	return 1;
}

/* ---- what the host says ---- */

bool host_protection(const void *address, char protection[5])
{
	int fd = os_open_file("/proc/self/maps", of_read(OPENFLAGS()), 0), n = 0, got;
	const int size = 256 * 1024;
	unsigned long lo, hi;
	char *maps, *line, *rest;
	bool found = false;

	if (fd < 0)
		return false;
	maps = kvzalloc(size, GFP_KERNEL);
	while (maps && n < size - 1 && (got = os_read_file(fd, maps + n, size - 1 - n)) > 0)
		n += got;
	os_close_file(fd);
	for (rest = maps; rest && (line = strsep(&rest, "\n")) && !found;)
		found = sscanf(line, "%lx-%lx %4s", &lo, &hi, protection) == 3 &&
			(unsigned long)address >= lo && (unsigned long)address < hi;
	kvfree(maps);
	return found;
}

/* ---- checks ---- */

struct totals {
	unsigned long keys, sites, behind;
};

static int add_key(const struct static_call_key_info *info, void *data)
{
	struct totals *t = data;

	t->keys++;
	t->sites += info->sites;
	if (info->stale || (info->target && info->patched != info->sites &&
			    strcmp(info->name, "bench_trampoline")))
		t->behind++;
	return 0;
}

static void check_boot(struct seq_file *m)
{
	struct totals t = { 0 };
	int err = static_call_key_for_each(add_key, &t);

	seq_printf(m, "# %lu keys, %lu sites\n", t.keys, t.sites);
	check(m, !err && t.keys && !t.behind && !static_call_key_verify(),
	      "boot: every site of every key is patched, but those that shall not be");
	check(m, code_leads(&number, plus_one, 1, 1),
	      "boot: the machine code calls the target, and jumps to it for a tail call");
	check(m,
	      code_leads(&ops.inner.mark, see, 1, 0) &&
		      code_leads(&ops.inner.value[0], plus_one, 1, 0) &&
		      code_leads(&ops.inner.value[1], plus_two, 1, 0) &&
		      code_leads(&ops.other, plus_one, 1, 0),
	      "boot: and so for members and elements");
}

static void check_update(struct seq_file *m)
{
	bool was = number_called(4) == 50 && number_tail(4) == 5;
	int err = static_call_key_update(&number, plus_two);

	check(m, was && !err && number_called(4) == 60, "update: a call reaches the new target");
	check(m, was && !err && number_tail(4) == 6, "update: so does a tail call");
	check(m, code_leads(&number, plus_two, 1, 1) && number == plus_two,
	      "update: machine code and pointer are changed");
	number = plus_one;
	check(m, number_called(4) == 50 && code_leads(&number, plus_one, 1, 1),
	      "assignment: the sites follow");
}

static void check_null(struct seq_file *m)
{
	int err, sites = 0;
	bool nothing;

	calls_seen = 0;
	event_called();
	event_tail();
	check(m,
	      !calls_seen && !static_call_key_for_each_site(&event, is_nop, &sites) && sites == 2,
	      "NULL: no-ops at boot, in the machine code nop and ret");
	err = static_call_key_update(&event, see);
	event_called();
	event_tail();
	check(m, !err && calls_seen == 2 && code_leads(&event, see, 1, 1), "NULL: then a function");
	err = static_call_key_update(&event, NULL);
	event_called();
	event_tail();
	check(m, !err && calls_seen == 2, "NULL: then nothing again");

	sites = 0;
	nothing = amount_called(7) == 100 &&
		  !static_call_key_for_each_site(&amount, is_zero, &sites) && sites == 1;
	err = static_call_key_update(&amount, plus_two);
	check(m, nothing && !err && amount_called(7) == 109,
	      "NULL: a function with a result returns 0");
	if (static_call_key_update(&amount, NULL))
		check(m, false, "NULL: back to it");
}

static void check_batch(struct seq_file *m)
{
	struct static_call_key_change there[] = {
		{ &ops.inner.mark, see_twice },
		{ &ops.inner.value[0], (static_call_key_fn)plus_two },
		{ &ops.inner.value[1], (static_call_key_fn)plus_one },
		{ &ops.other, (static_call_key_fn)plus_two },
	};
	struct static_call_key_change bad[] = {
		{ &ops.other, (static_call_key_fn)plus_one },
		{ (char *)&ops.other + 1, (static_call_key_fn)plus_one },
	};
	int err;

	calls_seen = 0;
	check(m, ops_called(0) == 121 && calls_seen == 1, "batch: before it");
	err = static_call_key_update_many(there, ARRAY_SIZE(there));
	calls_seen = 0;
	check(m, !err && ops_called(0) == 212 && calls_seen == 2, "batch: all keys are changed");
	err = static_call_key_update_many(bad, ARRAY_SIZE(bad));
	check(m, err == -EINVAL && ops_called(0) == 212 && !static_call_key_verify(),
	      "batch: one that fails changes nothing");
	ops.inner.mark = see;
	ops.inner.value[0] = plus_one;
	ops.inner.value[1] = plus_two;
	ops.other = plus_one;
}

/* A breakpoint, as a debugger sets one. */
static void check_foreign_byte(struct seq_file *m)
{
	u8 *site = NULL, *page, was;
	int err;

	static_call_key_for_each_site(&number, first_site, &site);
	page = (u8 *)((unsigned long)site & PAGE_MASK);
	if (!site || os_protect_memory(page, PAGE_SIZE, 1, 1, 1)) {
		check(m, false, "foreign byte: writing it");
		return;
	}
	was = *site;
	WRITE_ONCE(*site, 0xcc);
	err = static_call_key_update(&number, plus_two);
	check(m, err == -EILSEQ && *site == 0xcc && number == plus_one,
	      "foreign byte: the update fails and changes nothing");
	WRITE_ONCE(*site, was);
	os_protect_memory(page, PAGE_SIZE, 1, 0, 1);
	err = static_call_key_update(&number, plus_two);
	check(m, !err && number_called(4) == 60, "foreign byte: removed, the update succeeds");
	number = plus_one;
}

static void check_text(struct seq_file *m)
{
	char protection[5] = "";

	check(m, host_protection(number_called, protection) && !strcmp(protection, "r-xp"),
	      "text: not writable when the updates are over");
	seq_printf(m, "# the host has the text as %s\n", protection);
}

static int checks_show(struct seq_file *m, void *v)
{
	check_boot(m);
	check_update(m);
	check_null(m);
	check_batch(m);
	check_foreign_byte(m);
	check_interrupts(m);
	check_thread(m);
	check_text(m);
	check(m, !static_call_key_verify(), "end: no site is stale");
	return 0;
}

/* Retargets what a module calls, too. */
static ssize_t shared_write(struct file *file, const char __user *buffer, size_t n, loff_t *pos)
{
	int err = static_call_key_update(
		&uml_shared, uml_shared == uml_shared_one ? uml_shared_two : uml_shared_one);

	return err ? err : n;
}

static const struct proc_ops shared_ops = { .proc_write = shared_write };

static int __init check_init(void)
{
	if (!proc_create_single("static_call_key_checks", 0400, NULL, checks_show) ||
	    !proc_create("static_call_key_shared", 0200, NULL, &shared_ops))
		return -ENOMEM;
	return 0;
}
late_initcall(check_init);
