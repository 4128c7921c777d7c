// SPDX-License-Identifier: MIT
/*
 * x86_64-body.c - may this code stand in a site, in the place of a call of it? Modules
 * say what a function's code is; what instructions that is, is decided here.
 *
 * Only instructions are accepted that are known here, with their length, so that
 * nothing is taken for one instruction that is two. Of these, none that
 *
 *	- goes elsewhere, or depends on where it stands: branches, calls, returns, traps,
 *	  system calls, addresses relative to %rip;
 *	- sees the stack, which is another one without the return address: %rsp as
 *	  operand or base; but several instructions may push and pop what they pushed;
 *	- can be interrupted half-way and resumed, as what has come into its place by
 *	  then would be: string instructions, gathers.
 *
 * Prefixes 2e in front make the code five bytes long. In 64-bit mode they are ignored: "the
 * CS, DS, ES and SS segment overrides are null prefixes" (APM vol. 2, 4.5.3; SDM vol. 1,
 * 3.3.7.1), but for branches, where they are hints and which are not accepted here. They
 * may stand in front of VEX and of any other prefix but REX, which they are put before. Beside
 * an override that counts, %fs or %gs, nothing is put.
 */
#include "x86_64-body.h"

/* What follows an opcode, and what is to be known of it. */
enum body_form {
	BODY_BAD,    /* not accepted, or not known */
	BODY_PLAIN,  /* nothing follows */
	BODY_LOW,    /* nothing; its low three bits are a general register */
	BODY_PUSH,   /* pushes eight bytes ... */
	BODY_POP,    /* ... and pops */
	BODY_MODRM,  /* two operands */
	BODY_GROUP,  /* one operand, and the other field says what is done: mask below */
	BODY_NUMBER, /* one operand, and the other field is no general register */
	BODY_CONTROL /* the same, and the operand is a register, whatever the byte says */
};

/* How many bytes of a constant: IMM_FULL: four, or two with prefix 66. */
enum body_imm { IMM_NONE, IMM_8, IMM_FULL };

struct body_op {
	uint8_t first, last; /* opcodes */
	uint8_t form, imm;
	uint8_t mask; /* BODY_GROUP: which values of the field are accepted */
};

/* One byte; see also body_arithmetic(). SDM vol. 2, tables. */
static const struct body_op body_one[] = {
	{ 0x50, 0x57, BODY_PUSH, IMM_NONE, 0 },     { 0x58, 0x5f, BODY_POP, IMM_NONE, 0 },
	{ 0x63, 0x63, BODY_MODRM, IMM_NONE, 0 },    { 0x69, 0x69, BODY_MODRM, IMM_FULL, 0 },
	{ 0x6b, 0x6b, BODY_MODRM, IMM_8, 0 },       { 0x80, 0x80, BODY_GROUP, IMM_8, 0xff },
	{ 0x81, 0x81, BODY_GROUP, IMM_FULL, 0xff }, { 0x83, 0x83, BODY_GROUP, IMM_8, 0xff },
	{ 0x84, 0x8b, BODY_MODRM, IMM_NONE, 0 },    { 0x8d, 0x8d, BODY_MODRM, IMM_NONE, 0 },
	{ 0x90, 0x97, BODY_LOW, IMM_NONE, 0 },      { 0x98, 0x99, BODY_PLAIN, IMM_NONE, 0 },
	{ 0x9c, 0x9c, BODY_PUSH, IMM_NONE, 0 },     { 0x9d, 0x9d, BODY_POP, IMM_NONE, 0 },
	{ 0x9e, 0x9f, BODY_PLAIN, IMM_NONE, 0 },    { 0xa8, 0xa8, BODY_PLAIN, IMM_8, 0 },
	{ 0xa9, 0xa9, BODY_PLAIN, IMM_FULL, 0 },    { 0xb0, 0xb7, BODY_LOW, IMM_8, 0 },
	{ 0xb8, 0xbf, BODY_LOW, IMM_FULL, 0 },      { 0xc0, 0xc1, BODY_GROUP, IMM_8, 0xff },
	{ 0xc6, 0xc6, BODY_GROUP, IMM_8, 0x01 },    { 0xc7, 0xc7, BODY_GROUP, IMM_FULL, 0x01 },
	{ 0xd0, 0xd3, BODY_GROUP, IMM_NONE, 0xff }, { 0xe4, 0xe7, BODY_PLAIN, IMM_8, 0 },
	{ 0xec, 0xef, BODY_PLAIN, IMM_NONE, 0 },    { 0xf4, 0xf5, BODY_PLAIN, IMM_NONE, 0 },
	{ 0xf6, 0xf7, BODY_GROUP, IMM_NONE, 0xfc }, /* not test, which has a constant */
	{ 0xf8, 0xfd, BODY_PLAIN, IMM_NONE, 0 },    { 0xfe, 0xff, BODY_GROUP, IMM_NONE, 0x03 },
};

/* 0f and one byte; SDM vol. 2, table A-3. */
static const struct body_op body_two[] = {
	{ 0x06, 0x06, BODY_PLAIN, IMM_NONE, 0 },  /* clts */
	{ 0x08, 0x09, BODY_PLAIN, IMM_NONE, 0 },  /* invd, wbinvd */
	{ 0x0d, 0x0d, BODY_NUMBER, IMM_NONE, 0 }, /* prefetch */
	{ 0x10, 0x18, BODY_MODRM, IMM_NONE, 0 },
	{ 0x1f, 0x1f, BODY_NUMBER, IMM_NONE, 0 },  /* nop */
	{ 0x20, 0x23, BODY_CONTROL, IMM_NONE, 0 }, /* control and debug registers */
	{ 0x28, 0x2f, BODY_MODRM, IMM_NONE, 0 },
	{ 0x30, 0x33, BODY_PLAIN, IMM_NONE, 0 }, /* wrmsr, rdtsc, rdmsr, rdpmc */
	{ 0x40, 0x6f, BODY_MODRM, IMM_NONE, 0 },
	{ 0x70, 0x70, BODY_MODRM, IMM_8, 0 },
	{ 0x71, 0x73, BODY_GROUP, IMM_8, 0xff },
	{ 0x74, 0x76, BODY_MODRM, IMM_NONE, 0 },
	{ 0x77, 0x77, BODY_PLAIN, IMM_NONE, 0 },
	{ 0x7c, 0x7f, BODY_MODRM, IMM_NONE, 0 },
	{ 0x90, 0x9f, BODY_MODRM, IMM_NONE, 0 },
	{ 0xa2, 0xa2, BODY_PLAIN, IMM_NONE, 0 },
	{ 0xa3, 0xa3, BODY_MODRM, IMM_NONE, 0 },
	{ 0xa4, 0xa4, BODY_MODRM, IMM_8, 0 },
	{ 0xa5, 0xa5, BODY_MODRM, IMM_NONE, 0 },
	{ 0xab, 0xab, BODY_MODRM, IMM_NONE, 0 },
	{ 0xac, 0xac, BODY_MODRM, IMM_8, 0 },
	{ 0xad, 0xad, BODY_MODRM, IMM_NONE, 0 },
	{ 0xaf, 0xb1, BODY_MODRM, IMM_NONE, 0 },
	{ 0xb3, 0xb3, BODY_MODRM, IMM_NONE, 0 },
	{ 0xb6, 0xb7, BODY_MODRM, IMM_NONE, 0 },
	{ 0xba, 0xba, BODY_GROUP, IMM_8, 0xf0 },
	{ 0xb8, 0xb8, BODY_MODRM, IMM_NONE, 0 }, /* with f3: popcnt */
	{ 0xbb, 0xc1, BODY_MODRM, IMM_NONE, 0 },
	{ 0xc2, 0xc2, BODY_MODRM, IMM_8, 0 },
	{ 0xc3, 0xc3, BODY_MODRM, IMM_NONE, 0 },
	{ 0xc4, 0xc6, BODY_MODRM, IMM_8, 0 },
	{ 0xc8, 0xcf, BODY_LOW, IMM_NONE, 0 },
	{ 0xd0, 0xfe, BODY_MODRM, IMM_NONE, 0 },
};

/* 0f 38 and one byte; what lies between loads tiles or gathers. */
static const struct body_op body_three[] = {
	{ 0x00, 0x47, BODY_MODRM, IMM_NONE, 0 },
	{ 0x50, 0x8f, BODY_MODRM, IMM_NONE, 0 },
	{ 0x96, 0xf7, BODY_MODRM, IMM_NONE, 0 },
};

/* Whole instructions that the tables do not know: where a field means too many things. */
static const struct body_whole {
	uint8_t length, code[4];
} body_whole[] = {
	{ 2, { 0xf3, 0x90 } },             /* pause */
	{ 4, { 0xf3, 0x0f, 0x1e, 0xfa } }, /* endbr64 */
	{ 3, { 0x0f, 0x01, 0xca } },       /* clac */
	{ 3, { 0x0f, 0x01, 0xcb } },       /* stac */
	{ 3, { 0x0f, 0x01, 0xf8 } },       /* swapgs */
	{ 3, { 0x0f, 0x01, 0xf9 } },       /* rdtscp */
	{ 3, { 0x0f, 0x01, 0xee } },       /* rdpkru */
	{ 3, { 0x0f, 0x01, 0xef } },       /* wrpkru */
	{ 3, { 0x0f, 0x01, 0x3f } },       /* invlpg (%rdi) */
	{ 3, { 0x0f, 0xae, 0xe8 } },       /* lfence */
	{ 3, { 0x0f, 0xae, 0xf0 } },       /* mfence */
	{ 3, { 0x0f, 0xae, 0xf8 } },       /* sfence */
};

struct body_insn {
	const uint8_t *at, *end;
	bool word, rep, lock, segment; /* prefixes 66; f2 or f3; f0; %fs, %gs */
	uint8_t rex;
	bool vex;
	uint8_t map; /* 1: one byte; 2: 0f; 3: 0f 38; 4: 0f 3a */
	int stack;   /* what it pushes, less what it pops */
};

static int body_byte(struct body_insn *i)
{
	return i->at < i->end ? *i->at++ : -1;
}

/* Prefixes up to the opcode; the opcode, or -1. */
static int body_opcode(struct body_insn *i)
{
	int byte;

	for (;;) {
		byte = body_byte(i);
		if (byte == 0x66)
			i->word = true;
		else if (byte == 0xf2 || byte == 0xf3)
			i->rep = true;
		else if (byte == 0xf0)
			i->lock = true;
		else if (byte == 0x64 || byte == 0x65)
			i->segment = true;
		else if (byte != 0x2e && byte != 0x3e && byte != 0x26 && byte != 0x36)
			break;
	}
	if ((byte & ~0x0f) == 0x40) {
		i->rex = byte;
		byte = body_byte(i);
	}
	i->map = 1;
	if (byte == 0xc4 || byte == 0xc5) {
		int first = body_byte(i), second = byte == 0xc4 ? body_byte(i) : first;

		/* %xmm4 in the field vvvv may be %rsp. */
		if (first < 0 || second < 0 || i->word || i->rep || i->lock || i->rex ||
		    (second >> 3 & 0xf) == (0xf ^ 4))
			return -1;
		i->vex = true;
		/* R, X and B are upside down there. */
		i->rex = (~first >> 5 & 4) | (byte == 0xc4 ? ~first >> 5 & 3 : 0);
		i->map = byte == 0xc4 ? (first & 0x1f) + 1 : 2;
		return body_byte(i);
	}
	if (byte != 0x0f)
		return byte;
	byte = body_byte(i);
	i->map = byte == 0x38 ? 3 : byte == 0x3a ? 4 : 2;
	return i->map == 2 ? byte : body_byte(i);
}

/* add, or, adc, sbb, and, sub, xor, cmp: six opcodes each. */
static bool body_arithmetic(int opcode, struct body_op *op)
{
	if (opcode >= 0x40 || (opcode & 7) > 5)
		return false;
	op->form = (opcode & 7) < 4 ? BODY_MODRM : BODY_PLAIN;
	op->imm = (opcode & 7) < 4 ? IMM_NONE : (opcode & 7) == 4 ? IMM_8 : IMM_FULL;
	return true;
}

static struct body_op body_op_of(const struct body_insn *i, int opcode)
{
	static const struct {
		const struct body_op *ops;
		unsigned int n;
	} maps[] = {
		{ body_one, sizeof(body_one) / sizeof(*body_one) },
		{ body_two, sizeof(body_two) / sizeof(*body_two) },
		{ body_three, sizeof(body_three) / sizeof(*body_three) },
	};
	struct body_op op = { .form = BODY_BAD };
	unsigned int n;

	if (opcode < 0 || i->map > 4 || (i->vex && i->map == 1) ||
	    (i->map == 2 && opcode == 0xb8 && !i->rep))
		return op;
	if (i->map == 4) {
		op.form = BODY_MODRM;
		op.imm = IMM_8;
		return op;
	}
	/* There f2 and f3 belong to string instructions and hints, before 0f to opcodes. */
	if (i->map == 1 && (i->rep || body_arithmetic(opcode, &op)))
		return op;
	for (n = 0; n < maps[i->map - 1].n; n++)
		if (opcode >= maps[i->map - 1].ops[n].first &&
		    opcode <= maps[i->map - 1].ops[n].last)
			return maps[i->map - 1].ops[n];
	return op;
}

/* Is this field, with its fourth bit from REX, %rsp? */
static bool body_is_rsp(const struct body_insn *i, int field, int rex_bit)
{
	return field == 4 && !(i->rex & rex_bit);
}

/* The operands of one that has some. */
static bool body_operands(struct body_insn *i, const struct body_op *op)
{
	int modrm = body_byte(i), mod, reg, rm, skip, base;

	if (modrm < 0)
		return false;
	mod = modrm >> 6;
	rm = modrm & 7;
	reg = modrm >> 3 & 7;
	if (op->form == BODY_GROUP && !(op->mask >> reg & 1))
		return false;
	if (op->form == BODY_MODRM && body_is_rsp(i, reg, 4))
		return false;
	if (mod == 3 || op->form == BODY_CONTROL)
		return !body_is_rsp(i, rm, 1);
	/* Relative to %rip; such an address is too long for a site in any case. */
	if (mod == 0 && rm == 5)
		return false;
	skip = mod == 1 ? 1 : mod == 2 ? 4 : 0;
	if (rm == 4) {
		base = body_byte(i);
		if (base < 0 || body_is_rsp(i, base & 7, 1))
			return false;
		if (mod == 0 && (base & 7) == 5)
			skip = 4;
	}
	while (skip--)
		if (body_byte(i) < 0)
			return false;
	return true;
}

static bool body_constant(struct body_insn *i, const struct body_op *op)
{
	int skip = op->imm == IMM_8      ? 1
		   : op->imm == IMM_FULL ? i->word && !(i->rex & 8) ? 2 : 4
					 : 0;

	/* mov $imm64 */
	if (i->map == 1 && op->form == BODY_LOW && op->imm == IMM_FULL && i->rex & 8)
		return false;
	while (skip--)
		if (body_byte(i) < 0)
			return false;
	return true;
}

static bool body_known_whole(struct body_insn *i)
{
	unsigned int n, k;

	for (n = 0; n < sizeof(body_whole) / sizeof(*body_whole); n++) {
		const struct body_whole *w = &body_whole[n];

		for (k = 0; k < w->length && i->at + k < i->end && i->at[k] == w->code[k]; k++)
			;
		if (k == w->length) {
			i->at += k;
			return true;
		}
	}
	return false;
}

/* One instruction; false: not accepted. */
static bool body_insn(struct body_insn *i)
{
	const uint8_t *end = i->end;
	struct body_op op;
	int opcode;

	*i = (struct body_insn){ .at = i->at, .end = end };
	if (body_known_whole(i))
		return true;
	opcode = body_opcode(i);
	op = body_op_of(i, opcode);
	switch (op.form) {
	case BODY_BAD:
		return false;
	case BODY_LOW:
		if (body_is_rsp(i, opcode & 7, 1))
			return false;
		break;
	case BODY_PUSH:
	case BODY_POP:
		/* push %rsp, pop %rsp; with 66 they push two bytes. */
		if (i->word || (opcode < 0x60 && body_is_rsp(i, opcode & 7, 1)))
			return false;
		i->stack = op.form == BODY_PUSH ? 1 : -1;
		break;
	case BODY_MODRM:
	case BODY_GROUP:
	case BODY_NUMBER:
	case BODY_CONTROL:
		if (!body_operands(i, &op))
			return false;
		break;
	}
	return body_constant(i, &op);
}

uint64_t scrt_body_of(const uint8_t *code, unsigned int length)
{
	struct body_insn i = { .at = code, .end = code + length };
	unsigned int count = 0, n;
	int depth = 0;
	bool stack = false, segment = false;
	uint64_t body = SCRT_BODY_KNOWN | SCRT_BODY_LENGTH_OF(length);

	if (length > SCRT_SITE_BYTES)
		return 0;
	for (; i.at < i.end; count++) {
		if (!body_insn(&i))
			return 0;
		stack |= i.stack != 0;
		depth += i.stack;
		segment |= i.segment;
		if (depth < 0)
			return 0;
	}
	if (depth || (segment && length < SCRT_SITE_BYTES))
		return 0;
	if (count > 1 || stack)
		body |= SCRT_BODY_SEVERAL;
	for (n = 0; length && n < SCRT_SITE_BYTES; n++) {
		uint64_t byte = n < SCRT_SITE_BYTES - length ? SCRT_PREFIX_NONE
							     : code[n - (SCRT_SITE_BYTES - length)];

		body |= byte << 8 * n;
	}
	return body;
}
