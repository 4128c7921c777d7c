/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where processors may predict it, a call that the source does not tag is left to them: the site
 * is the jump that it would have been, whatever its targets are, and has learned nothing until the
 * program says so. No site that holds a breakpoint becomes one, and none that is one is changed
 * under a breakpoint: who removes it puts back the byte that was there.
 */
#define JUMP_jump "jmp *%r10\n nop\n"
#include <sys/mman.h>

#include "dynamic.h"

STATES;
NAMED(ops, jump);
CALL(call, jump);
TAIL(tail, jump);
CALL(many, jump);
CALL(broken, jump);
CALL(call_thunk, thunk);
TAIL(tail_thunk, thunk);
NAMED_CALL(named, ops);
NAMED(mixed, jump);
NAMED_CALL(mixed_a, mixed);
NAMED_CALL(mixed_b, mixed);
MODULE_AUTO

/* What a debugger does; the byte that was there. */
static unsigned char put_byte(caller fn, unsigned char byte)
{
	unsigned char *site = (unsigned char *)site_of(fn), was = *site;
	void *page = (void *)((uintptr_t)site & ~4095ul);

	CHECK(!mprotect(page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC));
	*(volatile unsigned char *)site = byte;
	CHECK(!mprotect(page, 8192, PROT_READ | PROT_EXEC));
	return was;
}

static int has(caller fn, const char *bytes)
{
	return !memcmp(site_of(fn), bytes, 5);
}

static const char call_form[] = "\x2e\x2e\x41\xff\xd2", jump_form[] = "\x2e\x2e\x41\xff\xe2";

static void call_all(long n)
{
	static const caller fns[] = { call, tail, call_thunk, tail_thunk, named };
	long i;
	unsigned int k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < sizeof(fns) / sizeof(fns[0]); k++)
			check_call(fns[k], i, 3);
		check_call(many, i, i % 16);
	}
}

int main(void)
{
	const unsigned char *linked = led_to(call), *tail_linked = led_to(tail);
	const unsigned char *mixed_linked = led_to(mixed_b);
	struct static_call_dynamic_stats stats;
	unsigned char was;
	long i;

	make_calls(broken, 2, 100);
	was = put_byte(broken, 0xcc);
	CHECK(was == 0xe8);
	call_all(20000);
	CHECK(has(call, call_form) && has(tail, jump_form) && has(many, call_form));
	CHECK(learned(call_thunk, 1, 3) && learned(tail_thunk, 1, 3) && learned(named, 1, 3));
	/* It was decided as well, and its four bytes lead to the module's jump. */
	CHECK(site_of(broken)[0] == 0xcc && !has(broken, call_form) && is_left(broken));
	put_byte(broken, was);
	CHECK(is_left(broken) && site_of(broken)[0] == 0xe8);
	make_calls(broken, 5, 100);
	CHECK(!static_call_dynamic_stats(&stats) && !stats.refused && stats.given_up == 4);

	/* Also the sites of a state with a name, if it has too many targets. */
	for (i = 0; i < 100000; i++)
		check_call(mixed_b, i, i % 16);
	CHECK(has(mixed_a, call_form) && has(mixed_b, call_form));
	check_call(mixed_a, 1, 1);

	/* The program wants it to learn again, but not under a breakpoint; the others have nothing to. */
	was = put_byte(mixed_a, 0xcc);
	CHECK(was == 0x2e && !static_call_dynamic_learn());
	CHECK(led_to(mixed_b) == mixed_linked);
	CHECK(!memcmp(site_of(mixed_a) + 1, call_form + 1, 4));
	put_byte(mixed_a, was);
	CHECK(has(mixed_a, call_form));
	make_calls(mixed_a, 7, 100);
	make_calls(mixed_b, 7, 40000);
	CHECK(learned(mixed_b, 1, 7) && learned(mixed_a, 1, 7));
	CHECK(has(call, call_form) && has(tail, jump_form) && has(many, call_form));
	CHECK(!static_call_dynamic_stats(&stats) && !stats.refused);

	/* And back, when the module goes. */
	static_call_key_rt_unregister(&module);
	CHECK(led_to(call) == linked && led_to(tail) == tail_linked);
	call_all(10);
	puts("ok");
	return 0;
}
