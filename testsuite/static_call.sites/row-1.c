/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the sites of a key lie in a row, in the order of the table, the runtime opens text from
 * the first that has to change to the last; where they do not, it asks for each where it is.
 * Either way no more is opened than that, and no less: when all change, when pages were dropped,
 * and when the table tells of sites backwards. One in the midst that may not be patched is left alone.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

#include "sites.h"

#define SITES 600

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }
fn row = f1, back = f1, odd = f1;
KEY(row, 0);
KEY(back, 0);
KEY(odd, 0);

/* Some ten pages. */
SITES_CALLED(all, row, SITES, 56);

/* In the table first, third, second; in memory behind each other, each in a page of its own. */
#define AT(subsection, fn)						\
	__asm__(".pushsection .text," #subsection "\n .p2align 12\n .globl " #fn "\n"	\
		#fn ": sub $8, %rsp\n .p2align 3,,4\n"			\
		"call static_call_key_trampoline.back\n 771:\n"	ENTRY(back, 0)	\
		"add $8, %rsp\n ret\n .p2align 12\n .popsection\n")
AT(3, back_third);
AT(1, back_first);
AT(2, back_second);
/* The fourth of seven lies in two quadwords. */
SITES_CALLED(odd_before, odd, 3, 8);
SITE_CROSSING(odd_crossing, odd);
SITES_CALLED(odd_behind, odd, 3, 8);
long all(long), back_first(long), back_second(long), back_third(long);
long odd_before(long), odd_crossing(long), odd_behind(long);
MODULE

static sigjmp_buf over;

static void fault(int sig)
{
	siglongjmp(over, sig);
}

static int is_writable(const void *code)
{
	volatile char *p = (volatile char *)(((uintptr_t)code & ~4095ul) + 4095);

	if (sigsetjmp(over, 1))
		return 0;
	*p = *p;
	return 1;
}

static void check_key(fn *key, size_t sites, size_t patched)
{
	struct static_call_key_info info;

	CHECK(!static_call_key_query(key, &info));
	CHECK(info.sites == sites && info.patched == patched && !info.stale);
}

static void check(void)
{
	CHECK(all(0) == SITES * row(0));
	CHECK(back_first(5) == back(5) && back_second(5) == back(5) && back_third(5) == back(5));
	CHECK(odd_before(0) == 3 * odd(0) && odd_crossing(5) == odd(5) && odd_behind(0) == 3 * odd(0));
	check_key(&row, SITES, SITES);
	check_key(&back, 3, 3);
	check_key(&odd, 7, 6);
	CHECK(static_call_key_verify() == 0);
}

static void open_page(void *page)
{
	CHECK(!mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC));
}

int main(void)
{
	char *page = (char *)(((uintptr_t)all + 4095) & ~4095ul);
	int i;

	CHECK(signal(SIGSEGV, fault) != SIG_ERR);
	CHECK((uintptr_t)back_first < (uintptr_t)back_second &&
	      (uintptr_t)back_second < (uintptr_t)back_third);
	CHECK(!static_call_key_rt_register(&module));
	check();
	for (i = 0; i < 4; i++) {
		CHECK(!static_call_key_update(&row, i & 1 ? f1 : f2));
		CHECK(!static_call_key_update(&back, i & 1 ? f1 : f2));
		CHECK(!static_call_key_update(&odd, i & 1 ? f1 : f2));
		check();
	}

	/* Pages here and there are as linked again, between others that are not. */
	for (i = 0; i < 4; i++) {
		CHECK(!madvise(page + 4096, 4096, MADV_DONTNEED));
		CHECK(!madvise(page + 5 * 4096, 8192, MADV_DONTNEED));
		CHECK(!static_call_key_update(&row, i & 2 ? f1 : f2));
		check();
	}

	/* Only what has to change is opened, and what was writable elsewhere stays so. */
	CHECK(!madvise(page + 4 * 4096, 4096, MADV_DONTNEED));
	open_page(page + 2 * 4096);
	open_page(page + 4 * 4096);
	open_page(page + 7 * 4096);
	CHECK(!static_call_key_update(&row, row));
	check();
	CHECK(is_writable(page + 2 * 4096) && !is_writable(page + 4 * 4096) &&
	      is_writable(page + 7 * 4096));
	CHECK(!static_call_key_update(&row, f2));
	check();
	for (i = 0; i < 8; i++)
		CHECK(!is_writable(page + i * 4096));

	static_call_key_rt_unregister(&module);
	CHECK(all(0) == SITES * row(0) && back_third(5) == back(5));
	puts("ok");
	return 0;
}
