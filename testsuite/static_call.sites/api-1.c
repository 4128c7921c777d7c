/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Batches, sync, store, verify, query, and what they refuse. */
#include <fcntl.h>
#include <sys/mman.h>

#include "sites.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
long f3(long x) { return x + 3; }
struct ops { long tag; fn a, b; } ops = { 0, f1, f2 };
fn lone = f1;
fn unknown;
__asm__(RECORD(ops_a, ops + 8, 0, "jmp *ops+8(%rip)\n"));
__asm__(RECORD(ops_b, ops + 16, 0, "jmp *ops+16(%rip)\n"));
KEY(lone, 0);
SITE_CALL(call_a, ops_a);
SITE_CALL(call_b, ops_b);
SITE_CALL(call_lone, lone);
long call_a(long), call_b(long), call_lone(long);
MODULE_AUTO

static int count_cb(const struct static_call_key_info *info, void *data)
{
	size_t *n = data;
	struct static_call_key_info again;

	CHECK(info->sites == 1 && info->name);
	/* The lock is not held. */
	CHECK(static_call_key_query(info->key, &again) == 0 && again.target == info->target);
	CHECK(static_call_key_set((void *)info->key, info->target) == 0);
	CHECK(static_call_key_verify() == 0);
	return ++*n == 2 ? 42 : 0;
}

static int store_cb(const struct static_call_key_info *info, void *data)
{
	(void)info, (void)data;
	lone = f3;
	static_call_key_rt_store(&lone, sizeof(lone));
	CHECK(call_lone(0) == 3);
	return 7;
}

static void poke(void *site, const void *bytes, size_t n)
{
	int fd = open("/proc/self/mem", O_RDWR);

	CHECK(pwrite(fd, bytes, n, (off_t)(uintptr_t)site) == (ssize_t)n);
	close(fd);
}

int main(void)
{
	struct static_call_key_change c[] = {
		{ &ops.a, (static_call_key_fn)f3 }, { &ops.b, (static_call_key_fn)f3 },
		{ &ops.a, (static_call_key_fn)f2 }, { &unknown, (static_call_key_fn)f1 },
	};
	struct static_call_key_info info;
	struct ops copy = { 9, f3, f1 };
	unsigned char old[5];
	size_t n = 0;
	void *site;

	CHECK(static_call_key_runtime_present());
	CHECK(!static_call_key_update_many(c, 4));
	CHECK(ops.a == f2 && ops.b == f3 && unknown == f1);
	CHECK(call_a(0) == 2 && call_b(0) == 3);
	CHECK(!static_call_key_update_many(NULL, 0));

	c[1].key = NULL;
	CHECK(static_call_key_update_many(c, 2) == -EINVAL && ops.a == f2);
	c[1].key = (char *)&ops.b + 4;
	CHECK(static_call_key_update_many(c, 2) == -EINVAL && ops.a == f2);
	c[1].key = &ops.b;

	/* a copy that nobody tells of, then sync with odd ranges */
	ops = copy;
	CHECK(static_call_key_verify() == 2);
	CHECK(!static_call_key_query(&ops.a, &info) && info.stale == 1 && info.patched == 1);
	CHECK(site_nth(&ops.a, 0).flags == STATIC_CALL_KEY_SITE_INFO_STALE);
	CHECK(!static_call_key_sync(&ops.tag, 8) && static_call_key_verify() == 2);
	CHECK(!static_call_key_sync(&ops, 0) && static_call_key_verify() == 2);
	CHECK(!static_call_key_sync((char *)&ops.a + 7, 1) && static_call_key_verify() == 1);
	CHECK(!static_call_key_sync(&ops.tag, 17) && static_call_key_verify() == 0);
	CHECK(call_a(0) == 3 && call_b(0) == 1);
	ops.a = f1, ops.b = f1;
	CHECK(!static_call_key_sync(NULL, (size_t)-1) && static_call_key_verify() == 0);
	CHECK(call_a(0) == 1 && call_b(0) == 1);
	ops.b = f2;
	errno = 12345;
	static_call_key_rt_store(&ops.b, 8);
	CHECK(errno == 12345 && call_b(0) == 2);
	static_call_key_rt_store((void *)~0ul, ~0ul);
	static_call_key_rt_store(NULL, 0);

	CHECK(static_call_key_query(&unknown, &info) == -ENOENT);
	CHECK(static_call_key_query(NULL, &info) == -EINVAL);
	CHECK(static_call_key_query(&lone, NULL) == -EINVAL);
	CHECK(static_call_key_for_each(count_cb, &n) == 42 && n == 2);
	CHECK(static_call_key_for_each_site(&unknown, NULL, NULL) == -ENOENT);
	CHECK(static_call_key_for_each(store_cb, NULL) == 7);
	CHECK(call_lone(0) == 3 && static_call_key_verify() == 0);

	/* a site of ops.b is not as it was left: a batch with it changes nothing */
	site = (void *)site_nth(&ops.b, 0).site;
	memcpy(old, site, 5);
	poke(site, "\x90", 1);
	CHECK(static_call_key_verify() == 1);
	CHECK(static_call_key_update_many(c, 2) == -EILSEQ);
	CHECK(ops.a == f1 && ops.b == f2 && call_a(0) == 1);
	CHECK(static_call_key_update(&ops.b, f1) == -EILSEQ && ops.b == f2);
	CHECK(!static_call_key_update(&ops.a, f2) && call_a(0) == 2);
	poke(site, old, 1);
	CHECK(!static_call_key_update_many(c, 2) && call_a(0) == 3 && call_b(0) == 3);
	CHECK(static_call_key_verify() == 0);

	CHECK(!strcmp(static_call_key_strerror(0), "no error"));
	CHECK(strcmp(static_call_key_strerror(-EILSEQ), static_call_key_strerror(-9999)));

	/* unregister: back to the trampolines; register again */
	static_call_key_rt_unregister(&module);
	CHECK(!module.runtime && static_call_key_query(&lone, &info) == -ENOENT);
	lone = f1;
	CHECK(call_lone(0) == 1);
	static_call_key_rt_unregister(&module);
	CHECK(!static_call_key_rt_register(&module) && !static_call_key_rt_register(&module));
	CHECK(site_nth(&lone, 0).destination == (void *)f1 && call_lone(0) == 1);
	puts("ok");
	return 0;
}
