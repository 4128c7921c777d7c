// SPDX-License-Identifier: GPL-2.0-or-later
/* Sites as the plugin makes them, with all forms that the runtime, in programs and in the kernel, gives them. */
#include <string.h>

#include "static_call_abi.h"
#include "stress.h"

#define LINE 64

/* What sites lead to. */
struct goals {
	uintptr_t near, low, high; /* targets */
	uintptr_t trampoline;      /* leads to far_word */
	uintptr_t null;            /* returns 0 */
	uintptr_t slow, inlined[2];
	uintptr_t plain, entry, knows, misses; /* of learned calls */
};

enum { NEAR, LOW, HIGH, BY_WORD, SLOW, INLINED, ELSEWHERE, TARGETS = ELSEWHERE + 2 };

static void make_goals(struct stress_memory *m, struct goals *g)
{
	static const uint8_t null[] = { 0x31, 0xc0, 0xc3 };  /* xor %eax, %eax; ret */
	static const uint8_t plain[] = { 0x41, 0xff, 0xe2 }; /* jmp *%r10 */
	/* mov $1, %r11d; jmp *%r10: in the place of code that lets the runtime see the call */
	static const uint8_t entry[] = { 0x41, 0xbb, 1, 0, 0, 0, 0x41, 0xff, 0xe2 };
	uint8_t trampoline[14] = { 0xff, 0x25 }; /* jmp *0(%rip), and what is there */
	uintptr_t by_word = stress_target(&m->next_high, STRESS_COOKIE(BY_WORD));
	uint8_t block[SCRT_BLOCK_MAX];
	struct scrt_block b = { .n = 1 };
	size_t n;

	g->near = stress_target(&m->next_middle, STRESS_COOKIE(NEAR));
	g->low = stress_target(&m->next_low, STRESS_COOKIE(LOW));
	g->high = stress_target(&m->next_high, STRESS_COOKIE(HIGH));
	memcpy(trampoline + 6, &by_word, sizeof(by_word));
	g->trampoline = stress_bytes(&m->next_middle, trampoline, sizeof(trampoline));
	g->null = stress_bytes(&m->next_middle, null, sizeof(null));
	g->slow = stress_target(&m->next_low, STRESS_COOKIE(SLOW));
	g->inlined[0] = stress_target(&m->next_high, STRESS_COOKIE(ELSEWHERE));
	g->inlined[1] = stress_target(&m->next_middle, STRESS_COOKIE(ELSEWHERE + 1));
	g->plain = stress_bytes(&m->next_middle, plain, sizeof(plain));
	g->entry = stress_bytes(&m->next_middle, entry, sizeof(entry));

	b.plain = g->plain;
	b.target[0] = g->near;
	n = scrt_block_write(block, (uintptr_t)m->next_low, &b);
	g->knows = stress_bytes(&m->next_low, block, n);
	b.n = 2;
	b.target[0] = g->low;
	b.target[1] = g->high;
	n = scrt_block_write(block, (uintptr_t)m->next_high, &b);
	g->misses = stress_bytes(&m->next_high, block, n);
}

/* Of these instructions, a form; they stand for a function that is called. */
static void add_body(struct stress_place *p, const struct scrt_site *site, const struct goals *g,
		     const char *name, const char *code, unsigned int n)
{
	uint64_t body = scrt_body_of((const uint8_t *)code, n);

	stress_add(p, name, scrt_body_form(site, g->trampoline, body), STRESS_RAX, STRESS_RDX);
}

static void add_branches(struct stress_place *p, const struct scrt_site *site,
			 const struct goals *g)
{
	stress_add(p, "a near target", scrt_branch(site, g->near), STRESS_COOKIE(NEAR), STRESS_R11);
	stress_add(p, "a far target", scrt_branch(site, g->low), STRESS_COOKIE(LOW), STRESS_R11);
	stress_add(p, "another far target", scrt_branch(site, g->high), STRESS_COOKIE(HIGH),
		   STRESS_R11);
	stress_add(p, "the trampoline", scrt_branch(site, g->trampoline), STRESS_COOKIE(BY_WORD),
		   STRESS_R11);
}

/*
 * As the runtime stores: a branch that becomes the same branch to elsewhere is moved on, as many
 * that were seen before are; by turns, as both ways are there.
 */
static bool store(uintptr_t site, uint64_t old, uint64_t wanted)
{
	uint64_t opcode = old & SCRT_OPCODE_MASK;
	static unsigned int turn;
	uint32_t further = (uint32_t)(wanted >> 8) - (uint32_t)(old >> 8);
	struct scrt_seen seen;

	if (opcode != (wanted & SCRT_OPCODE_MASK) ||
	    (opcode != SCRT_OPCODE_CALL && opcode != SCRT_OPCODE_JMP) || turn++ % 2)
		return scrt_form_replace(site, old, wanted);
	do {
		seen = scrt_form_see(site);
		if (scrt_form_seen(seen) != old)
			return false;
	} while (!scrt_form_replace_seen(seen, further));
	return true;
}

static void make_call(struct stress_place *p, const struct goals *g)
{
	struct scrt_site site = { .address = p->site };
	struct scrt_code code = { .trampoline = g->trampoline, .null = g->null };

	*(uint8_t *)(p->site + SCRT_SITE_BYTES) = 0xc3;
	add_branches(p, &site, g);
	stress_add(p, "a no-op", scrt_null_same_rest(&site, &code), STRESS_RAX, STRESS_RDX);
	stress_add(p, "the kernel's no-op", scrt_null_whole(&site, &code, true), STRESS_RAX,
		   STRESS_RDX);
	code.flags = STATIC_CALL_KEY_RECORD_RETURNS_VALUE;
	stress_add(p, "code for NULL", scrt_null_same_rest(&site, &code), 0, STRESS_RDX);
	stress_add(p, "the kernel's zero", scrt_null_whole(&site, &code, true), 0, STRESS_RDX);
	add_body(p, &site, g, "mov $0x5a17cfff, %eax", "\xb8\xff\xcf\x17\x5a", 5);
	p->form[p->forms - 1].result.rax = 0x5a17cfff;
	add_body(p, &site, g, "mov %rdi, %rax", "\x48\x89\xf8", 3);
	p->form[p->forms - 1].result.rax = STRESS_X;
	add_body(p, &site, g, "movb $7, (%rdi)", "\xc6\x07\x07", 3);
	p->form[p->forms - 1].result.byte = 7;
}

static void make_tail(struct stress_place *p, const struct goals *g)
{
	struct scrt_site site = { p->site, STATIC_CALL_KEY_SITE_TAIL };
	struct scrt_code code = { .trampoline = g->trampoline, .null = g->null };

	add_branches(p, &site, g);
	stress_add(p, "ret", scrt_null_same_rest(&site, &code), STRESS_RAX, STRESS_RDX);
	stress_add(p, "the kernel's ret", scrt_null_whole(&site, &code, true), STRESS_RAX,
		   STRESS_RDX);
	code.flags = STATIC_CALL_KEY_RECORD_RETURNS_VALUE;
	stress_add(p, "code for NULL", scrt_null_same_rest(&site, &code), 0, STRESS_RDX);
}

static void make_guard(struct stress_place *p, const struct goals *g)
{
	struct scrt_site site = { p->site, STATIC_CALL_KEY_SITE_TAIL };
	uint8_t *behind = (uint8_t *)(p->site + SCRT_SITE_BYTES);

	stress_target(&behind, STRESS_COOKIE(INLINED));
	stress_add(p, "inlined here", scrt_guard_same_rest(&site, g->slow), STRESS_COOKIE(INLINED),
		   STRESS_R11);
	stress_add(p, "inlined here, in the kernel", SCRT_FORM_NOP, STRESS_COOKIE(INLINED),
		   STRESS_R11);
	stress_add(p, "the slow path", scrt_branch(&site, g->slow), STRESS_COOKIE(SLOW),
		   STRESS_R11);
	stress_add(p, "inlined elsewhere", scrt_branch(&site, g->inlined[0]),
		   STRESS_COOKIE(ELSEWHERE), STRESS_R11);
	stress_add(p, "inlined nearby", scrt_branch(&site, g->inlined[1]),
		   STRESS_COOKIE(ELSEWHERE + 1), STRESS_R11);
}

/* All forms reach the same target; what %r11 holds then tells the way. */
static void make_learned(struct stress_place *p, const struct goals *g, unsigned int flags)
{
	struct scrt_site site = { p->site, flags };

	*(uint8_t *)(p->site + SCRT_SITE_BYTES) = 0xc3;
	p->r10 = g->near;
	stress_add(p, "as linked", scrt_branch(&site, g->entry), STRESS_COOKIE(NEAR), 1);
	stress_add(p, "plain", scrt_branch(&site, g->plain), STRESS_COOKIE(NEAR), STRESS_R11);
	stress_add(p, "a block that knows", scrt_branch(&site, g->knows), STRESS_COOKIE(NEAR),
		   g->near);
	stress_add(p, "a block that misses", scrt_branch(&site, g->misses), STRESS_COOKIE(NEAR),
		   g->high);
}

int stress_product(struct stress_memory *m, struct stress_place *places)
{
	static const char *const kinds[] = { "call", "tail call", "guard", "learned call",
					     "learned tail call" };
	unsigned int kind, offset, n = 0;
	struct goals g;

	make_goals(m, &g);
	for (kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++)
		for (offset = 0; offset < LINE; offset++) {
			struct stress_place *p;

			/* The plugin's .p2align 3,,4 leaves no site in two quadwords. */
			if ((offset & 7) > 8 - SCRT_SITE_BYTES)
				continue;
			p = stress_place(m, &places[n++], kinds[kind], offset);
			if (kind == 0)
				make_call(p, &g);
			else if (kind == 1)
				make_tail(p, &g);
			else if (kind == 2)
				make_guard(p, &g);
			else
				make_learned(p, &g, kind == 4 ? STATIC_CALL_KEY_SITE_TAIL : 0);
			p->store = store;
			stress_ready(p);
		}
	return (int)n;
}
