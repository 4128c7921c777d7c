/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * STATIC_CALL=remap: what updates leave behind in memory is bounded. A file in memory stays as a
 * whole as long as one page of it is mapped; here each update replaces seventeen pages, all but one of
 * which the next update replaces again. It is bounded by five times the text, and what one
 * update needs.
 */
#include "sites.h"
#include "maps.h"

#define PAGE __asm__(".pushsection .text,\"ax\",@progbits\n .p2align 12\n .popsection\n")

typedef long (*fn)(long);
long f1(long x) { return x + 1; }
long f2(long x) { return x + 2; }

/* Each key has a site in one page, and one sixteen pages on: what lies between is replaced too. */
#define KEYS 24
#define PAGES (KEYS + 16)
#define HELD_MAX (5 * PAGES + 17)

#define VARIABLE(n) fn key##n = f1; KEY(key##n, 0);
#define NEAR(n) PAGE; SITE_CALL(near##n, key##n);
#define FAR(n) PAGE; SITE_CALL(far##n, key##n);
#define BOTH(n, m) NEAR(n) SITE_CALL(far##m, key##m);
#define FIRST(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7)
#define SECOND(X) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define THIRD(X) X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23)
FIRST(VARIABLE) SECOND(VARIABLE) THIRD(VARIABLE)
FIRST(NEAR) SECOND(NEAR)
BOTH(16, 0) BOTH(17, 1) BOTH(18, 2) BOTH(19, 3) BOTH(20, 4) BOTH(21, 5) BOTH(22, 6) BOTH(23, 7)
SECOND(FAR) THIRD(FAR)
PAGE;
#define DECLARE(n) long near##n(long), far##n(long);
FIRST(DECLARE) SECOND(DECLARE) THIRD(DECLARE)
MODULE

static struct {
	fn *key, near, far;
} keys[KEYS] = {
#define ENTRY_OF(n) { &key##n, near##n, far##n },
	FIRST(ENTRY_OF) SECOND(ENTRY_OF) THIRD(ENTRY_OF)
};

static struct {
	unsigned long inode, pages;
	int there;
} files[8 * KEYS];
static size_t nfiles;

/* How many pages the files have that are mapped: all of a file is, when it is seen for the first time. */
static unsigned long held(void)
{
	unsigned long lo, hi, inode, sum = 0;
	size_t i, known = nfiles;
	char line[512];
	FILE *f = fopen("/proc/self/maps", "r");

	CHECK(f != NULL);
	for (i = 0; i < nfiles; i++)
		files[i].there = 0;
	while (fgets(line, sizeof(line), f)) {
		if (!strstr(line, "memfd:static_call") ||
		    sscanf(line, "%lx-%lx %*s %*s %*s %lu", &lo, &hi, &inode) != 3)
			continue;
		for (i = 0; i < nfiles && files[i].inode != inode; i++)
			;
		if (i == nfiles) {
			CHECK(nfiles < sizeof(files) / sizeof(files[0]));
			files[nfiles].inode = inode;
			files[nfiles++].pages = 0;
		}
		files[i].there = 1;
		if (i >= known)
			files[i].pages += (hi - lo) / 4096;
	}
	fclose(f);
	for (i = 0; i < nfiles; i++)
		sum += files[i].there ? files[i].pages : 0;
	return sum;
}

int main(void)
{
	unsigned long now, most = 0;
	int i, all = 0;

	CHECK(!static_call_key_rt_register(&module));
	if (!held()) {
		puts("UNSUPPORTED: text is not replaced: STATIC_CALL=remap is not in the environment");
		return 0;
	}
	CHECK(held() == PAGES);
	for (i = 0; i < 4 * KEYS; i++) {
		fn target = i / KEYS & 1 ? f1 : f2;

		CHECK(!static_call_key_update(keys[i % KEYS].key, target));
		CHECK(keys[i % KEYS].near(0) == target(0) && keys[i % KEYS].far(0) == target(0));
		now = held();
		CHECK(now <= HELD_MAX);
		all += now == PAGES;
		most = now > most ? now : most;
	}
	/* It was near the bound, so that it is one, and fell back to the text. */
	CHECK(most > 3 * PAGES && all > 1);
	CHECK(static_call_key_verify() == 0);
	printf("ok: %lu pages at most, for %d of text\n", most, PAGES);
	return 0;
}
