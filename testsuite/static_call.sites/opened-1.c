/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program that makes pages of its own text writable. An update works, and closes those
 * among the sites that it patches, as the guide says; it leaves those outside as they were.
 */
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

#include "sites.h"

#define PAGE __asm__(".pushsection .text,\"ax\",@progbits\n .p2align 12\n .popsection\n")

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn key = f1, other = f1;
KEY(key, 0);
KEY(other, 1);
PAGE;
SITE_CALL(call_other, other);
PAGE;
SITE_CALL(first, key);
PAGE;
FUNCTION(between, "ret\n");
PAGE;
SITE_CALL(last, key);
PAGE;
FUNCTION(behind, "ret\n");
PAGE;
long call_other(long), first(long), between(long), last(long), behind(long);
MODULE_AUTO

static const fn pages[] = { call_other, first, between, last, behind };
static sigjmp_buf back;

static void *page(fn function)
{
	return (void *)((uintptr_t)function & ~4095ul);
}

static void fault(int sig)
{
	siglongjmp(back, sig);
}

/* By a store, as such a program would make one, on the last byte of the page. */
static int is_writable(fn function)
{
	volatile char *p = (volatile char *)page(function) + 4095;

	if (sigsetjmp(back, 1))
		return 0;
	*p = *p;
	return 1;
}

int main(void)
{
	size_t i;

	CHECK(module.runtime && first(0) == 1 && last(0) == 1 && call_other(0) == 1);
	CHECK(signal(SIGSEGV, fault) != SIG_ERR);
	for (i = 0; i < 5; i++) {
		CHECK(!is_writable(pages[i]));
		CHECK(!mprotect(page(pages[i]), 4096, PROT_READ | PROT_WRITE | PROT_EXEC));
		CHECK(is_writable(pages[i]));
	}

	CHECK(!static_call_key_update(&key, f2));
	CHECK(first(0) == 2 && last(0) == 2 && call_other(0) == 1);
	CHECK(static_call_key_verify() == 0);
	CHECK(is_writable(call_other) && is_writable(behind));
	CHECK(!is_writable(first) && !is_writable(between) && !is_writable(last));

	other = f2;
	static_call_key_rt_store(&other, sizeof(other));
	CHECK(call_other(0) == 2 && static_call_key_verify() == 0);
	CHECK(!is_writable(call_other) && is_writable(behind));
	puts("ok");
	return 0;
}
