// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of bodies against the code: a function that may stand in a site is what the table
 * says, and then returns. Whoever wrote the entry vouched for that (STATIC_CALL_KEY_BODY()).
 */
#include <string.h>

#include "static_call-check.h"
#include "static_call_abi.h"

#define BODY(field) offsetof(struct static_call_key_body, field)

static unsigned long long ull(uint64_t v)
{
	return v;
}

/* ret, or the way to a return thunk: jmp, or call. */
static bool returns(const unsigned char *p)
{
	return *p == 0xc3 || *p == 0xe9 || *p == 0xe8 || (*p == 0xf3 && p[1] == 0xc3);
}

static void check_code(struct tables *t, const struct image *image, uint64_t addr, uint64_t target,
		       const unsigned char *code, unsigned int length)
{
	static const unsigned char endbr[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	const struct region *region = image_region(image, target, 1);
	const unsigned char *p = image_bytes(image, target, sizeof(endbr));
	unsigned int skip = p && !memcmp(p, endbr, sizeof(endbr)) ? sizeof(endbr) : 0;

	if (!region || !region->exec) {
		problem(t, addr, "body of what is at 0x%llx, which is not code", ull(target));
		return;
	}
	p = image_bytes(image, target + skip, length + 1);
	if (!p || memcmp(p, code, length))
		problem(t, target, "body: the function's code is not that which the table has");
	else if (p[length] == 0xf3
			 ? !image_bytes(image, target + skip, length + 2) || !returns(p + length)
			 : !returns(p + length))
		problem(t, target, "body: the function does not return after that");
}

static void read_body(struct tables *t, const struct image *image, uint64_t addr,
		      const unsigned char *p)
{
	unsigned int length = p[BODY(length)];

	t->n_bodies++;
	if (length > STATIC_CALL_KEY_BODY_SIZE - BODY(code))
		problem(t, addr, "body of %u bytes: an entry has no room for so many", length);
	else
		check_code(t, image, addr, follow(p, addr), p + BODY(code), length);
}

void check_bodies(struct tables *t, const struct image *image)
{
	for_each_element(t, image, STATIC_CALL_KEY_BODIES_SECTION, STATIC_CALL_KEY_BODY_SIZE, 4,
			 read_body);
}
