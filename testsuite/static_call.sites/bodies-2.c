/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Breakpoints on sites that hold a function, or are to hold one. A debugger puts back the
 * byte that it found: nothing may have changed then. Under a breakpoint that came before,
 * a site calls the function instead. What a uprobe leaves that was removed from a body is
 * found by verify(), and mended by the next change.
 */
#include <fcntl.h>

#include "sites.h"

typedef long (*fn)(long);
BODY(more, "lea 1(%rdi), %rax", "lea 1(%rdi), %rax");
BODY(five, "mov $5, %eax", "mov $5, %eax");
BODY(none, "mov %rdi, %rdi", "");
BODY(none2, "", "");
long more(long), five(long), none(long), none2(long);
long f1(long x) { return x + 100; }
long f2(long x) { return x + 200; }

fn key = f1;
KEY(key, 0);
FUNCTION(call, "mov %rdi, %rax\n sub $8, %rsp\n .p2align 3,,4\n"
	"call static_call_key_trampoline.key\n 771:\n" ENTRY(key, 0) "add $8, %rsp\n ret\n");
long call(long);
MODULE_AUTO

static unsigned char *site;

static void poke(unsigned char byte)
{
	int mem = open("/proc/self/mem", O_RDWR);

	CHECK(mem >= 0 && pwrite(mem, &byte, 1, (off_t)(uintptr_t)site) == 1);
	close(mem);
}

static long result_of(fn f)
{
	return f == f1 ? 110 : f == f2 ? 210 : f == more ? 11 : f == five ? 5 : 10;
}

static void right(fn f)
{
	CHECK(key == f && call(10) == result_of(f) && !static_call_key_verify());
}

int main(void)
{
	static const fn all[] = { f1, f2, more, five, none, none2 };
	size_t n = sizeof(all) / sizeof(*all), i, k;
	unsigned char found;

	site = (unsigned char *)site_nth(&key, 0).site;
	for (i = 0; i < n; i++)
		for (k = 0; k < n; k++) {
			int open_branch, err;

			CHECK(!static_call_key_update(&key, all[i]));
			right(all[i]);
			open_branch = *site == 0xe8;
			found = *site;
			poke(0xcc);
			CHECK(!static_call_key_verify());
			CHECK((const void *)site_nth(&key, 0).destination == (const void *)all[i]);
			/* To the same function, nothing has to change. */
			CHECK(!static_call_key_update(&key, all[i]) && *site == 0xcc);
			err = static_call_key_update(&key, all[k]);
			CHECK(*site == 0xcc);
			if (open_branch || i == k || (all[i] == none && all[k] == none2) ||
			    (all[i] == none2 && all[k] == none))
				CHECK(!err && key == all[k]);
			else
				CHECK(err == -ETXTBSY && key == all[i]);
			CHECK(!static_call_key_verify());
			poke(found);
			right(err ? all[i] : all[k]);
			/* Gone, it is in nobody's way, and the best form comes back. */
			CHECK(!static_call_key_update(&key, all[k]));
			right(all[k]);
			CHECK((*site == 0xe8) == (all[k] == f1 || all[k] == f2));
		}

	/* The first byte of the file, before the rest of a body. */
	CHECK(!static_call_key_update(&key, more));
	poke(0xe8);
	CHECK(static_call_key_verify() == 1);
	CHECK(site_nth(&key, 0).flags & STATIC_CALL_KEY_SITE_INFO_STALE);
	CHECK(!static_call_key_update(&key, more));
	right(more);
	poke(0xe8);
	CHECK(!static_call_key_update(&key, f2));
	right(f2);
	/* What cannot come from that is not touched. */
	CHECK(!static_call_key_update(&key, more));
	poke(0xeb);
	CHECK(static_call_key_update(&key, f1) == -EILSEQ && *site == 0xeb && key == more);
	poke(0x2e);
	right(more);
	printf("ok\n");
	return 0;
}
