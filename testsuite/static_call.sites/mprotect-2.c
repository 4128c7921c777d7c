/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The n-th mprotect of an update of two modules fails, or it and all after it;
 * for every n. Whatever is returned is the truth: on an error nothing has
 * changed, and a window that could not be closed is closed later.
 *
 * All mprotect calls are trapped; the handler makes them or not.
 */
#define _GNU_SOURCE

#include "sites.h"
#include "maps.h"
#include "trap-call.h"

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1;
KEY(key, 0);
SITE_CALL(call_1, key);
__asm__(".text\n .p2align 12\n");
SITE_CALL(call_2, key);
__asm__(".text\n .p2align 12\n");
long call_1(long), call_2(long);
MODULE
static struct static_call_key_module halves[2];

static int calls, fail_at, fail_after;

static void trap(int sig, siginfo_t *si, void *context)
{
	greg_t *r = trap_registers(context);

	(void)sig, (void)si;
	calls++;
	if (calls == fail_at || (fail_after && calls > fail_at)) {
		r[REG_RAX] = -ENOMEM;
		return;
	}
	trap_make(r, SYS_mprotect);
}

static void check(int err, fn old, fn new, int n)
{
	fn now = err ? old : new;

	if (key != now || call_1(0) != now(0) || call_2(0) != now(0) || static_call_key_verify()) {
		printf("call %d%s fails: %d, key %d, sites %ld %ld, stale %ld\n", n,
		       fail_after ? " and on" : "", err, key == new, call_1(0), call_2(0),
		       static_call_key_verify());
		exit(1);
	}
}

int main(void)
{
	int n, err, op, failed = 0;
	fn old, new;

	CHECK(!static_call_key_verify()); /* makes the state, by a call of mprotect too */
	CHECK(!trap_call(SYS_mprotect, trap, 0));
	halves[0] = halves[1] = module;
	halves[0].sites_stop = halves[1].sites_start = module.sites_start + 8;
	CHECK(!static_call_key_rt_register(&halves[0]) && !static_call_key_rt_register(&halves[1]));
	CHECK(calls == 4 && site_nth(&key, 1).destination == (void *)f1);

	for (fail_after = 0; fail_after < 2; fail_after++) {
		for (n = 1; n <= 9; n++) {
			for (op = 0; op < 2; op++) {
				old = key;
				new = old == f1 ? f2 : f1;
				calls = 0;
				fail_at = n;
				if (op == 0) {
					err = static_call_key_update(&key, new);
				} else {
					key = new;
					err = static_call_key_sync(&key, sizeof(key));
					if (err) {
						CHECK(call_1(0) == old(0) && call_2(0) == old(0));
						key = old;
					}
				}
				/* no window closes: all can be written, so it goes back */
				CHECK(!(fail_after && n == 3) || err);
				failed += err != 0;
				CHECK(err == 0 || err == -ENOMEM);
				check(err, old, new, n);
				fail_at = -1;
				calls = -1000000;
				if (op == 0) {
					CHECK(!static_call_key_update(&key, old == f1 ? f1 : f2));
				} else {
					CHECK(!static_call_key_update(&key, old));
				}
				check(0, old, old, n);
				CHECK(!text_is_writable());
			}
		}
	}
	CHECK(failed);
	printf("ok %d failed\n", failed);
	return 0;
}
