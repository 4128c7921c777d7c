/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sets of registers: what static_call_clobbers lists, what calls of the ABI change, and
 * what code may keep across a call of a function with such a set.
 *
 * Four things are outside of every set: the flags and the x87 and MMX registers may
 * always change (GCC's x87 pass keeps nothing in them across a call), and so may what
 * lies beyond the low 128 bits of a vector register, as in the Microsoft ABI. What
 * the ABI preserves stays preserved: a set only takes away.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/decl.h"
#include "model/sets.h"

static bool limited; /* there are clobber sets */

void sck_note_limited(void)
{
	limited = true;
	get_identifier(SCK_MARK_LIMITED);
}

bool sck_have_limited(void)
{
	return limited;
}

bool sck_set_equal(const struct sck_set *a, const struct sck_set *b)
{
	return a->word[0] == b->word[0] && a->word[1] == b->word[1];
}

/* Where static_call_abi.h has a register, or -1 for what no call can change. */
static int register_bit(int regno)
{
	/* GCC numbers them ax, dx, cx, bx, si, di, bp, sp. */
	static const char low[] = { 0, 2, 1, 3, 6, 7, 5, 4 };

	if (regno <= SP_REG)
		return STATIC_CALL_KEY_CLOBBERS_GPR + low[regno];
	if (IN_RANGE(regno, R8_REG, R15_REG))
		return STATIC_CALL_KEY_CLOBBERS_GPR + 8 + regno - R8_REG;
	if (STACK_REGNO_P(regno))
		return STATIC_CALL_KEY_CLOBBERS_X87 + regno - FIRST_STACK_REG;
	if (MMX_REGNO_P(regno))
		return STATIC_CALL_KEY_CLOBBERS_X87 + regno - FIRST_MMX_REG;
	if (IN_RANGE(regno, FIRST_SSE_REG, LAST_SSE_REG))
		return STATIC_CALL_KEY_CLOBBERS_VECTOR + regno - FIRST_SSE_REG;
	if (IN_RANGE(regno, FIRST_REX_SSE_REG, LAST_REX_SSE_REG))
		return STATIC_CALL_KEY_CLOBBERS_VECTOR + 8 + regno - FIRST_REX_SSE_REG;
	if (IN_RANGE(regno, FIRST_EXT_REX_SSE_REG, LAST_EXT_REX_SSE_REG))
		return STATIC_CALL_KEY_CLOBBERS_VECTOR + 16 + regno - FIRST_EXT_REX_SSE_REG;
	if (MASK_REGNO_P(regno))
		return STATIC_CALL_KEY_CLOBBERS_MASK + regno - FIRST_MASK_REG;
	if (SCK_APX_REGNO_P(regno))
		return STATIC_CALL_KEY_CLOBBERS_APX + regno - SCK_FIRST_APX_REG;
	if (regno == FLAGS_REG)
		return STATIC_CALL_KEY_CLOBBERS_FLAGS;
	return -1;
}

bool sck_set_has(const struct sck_set *s, int regno)
{
	int bit = register_bit(regno);

	return bit >= 0 && s->word[bit / 64] >> bit % 64 & 1;
}

static void set_add(struct sck_set *s, int regno)
{
	int bit = register_bit(regno);

	if (bit >= 0)
		s->word[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* What an ABI call may change. */
static bool abi_clobbered(int regno)
{
	return default_function_abi.clobbers_full_reg_p(regno) && !fixed_regs[regno];
}

/* May code keep a value in the register across a call that does not change it? */
bool sck_keepable(int regno)
{
	return abi_clobbered(regno) && register_bit(regno) >= 0 && regno != FLAGS_REG &&
	       !STACK_REGNO_P(regno) && !MMX_REGNO_P(regno) &&
	       TEST_HARD_REG_BIT(accessible_reg_set, regno);
}

/*
 * The first register that such code can rely on where listed stands, and that may, or
 * if that is NULL any call, changes all the same; or -1.
 */
int sck_set_beyond(const struct sck_set *may, const struct sck_set *listed)
{
	int regno;

	for (regno = 0; regno < FIRST_PSEUDO_REGISTER; regno++)
		if (sck_keepable(regno) && (!may || sck_set_has(may, regno)) &&
		    !sck_set_has(listed, regno))
			return regno;
	return -1;
}

/* Does the name stand for a group of registers, and this one is among them? */
static bool register_in_group(const char *name, int regno)
{
	if (!strcmp(name, "sse"))
		return SSE_REGNO_P(regno);
	if (!strcmp(name, "x87"))
		return STACK_REGNO_P(regno);
	return !strcmp(name, "mask") && MASK_REGNO_P(regno);
}

/* GCC's own names do not have r8d, r8w, r8b and gas's r8l, nor what it cannot use now. */
static int register_number(const char *name)
{
	char whole[8];
	size_t length = strlen(name);
	int regno;

	if (ISDIGIT(name[0]))
		return -2;
	if (!strcmp(name, "flags") || !strcmp(name, "eflags") || !strcmp(name, "rflags"))
		return FLAGS_REG;
	regno = decode_reg_name(name);
	if (regno == -3)
		return FLAGS_REG;
	if (regno >= 0 || name[0] != 'r' || !ISDIGIT(name[1]) || length < 3 || length > 4 ||
	    !strchr("dwbl", name[length - 1]))
		return regno;
	memcpy(whole, name, length - 1);
	whole[length - 1] = 0;
	return decode_reg_name(whole);
}

/* One name of the attribute: add it, or complain and return false. */
bool sck_set_add_name(struct sck_set *s, const char *name, location_t loc)
{
	bool group = false;
	int regno;

	for (regno = 0; regno < FIRST_PSEUDO_REGISTER; regno++)
		if (register_in_group(name, regno)) {
			set_add(s, regno);
			group = true;
		}
	if (group)
		return true;
	regno = register_number(name);
	if (regno < 0 || register_bit(regno) < 0) {
		error_at(loc, "unknown register name %qs in %<static_call_clobbers%>", name);
		return false;
	}
	if (regno == SP_REG ||
	    (regno != FLAGS_REG && fixed_regs[regno] && !STACK_REGNO_P(regno) &&
	     !SSE_REGNO_P(regno) && !MMX_REGNO_P(regno) && !MASK_REGNO_P(regno))) {
		error_at(loc, "%<static_call_clobbers%> cannot list %qs: %s", name,
			 regno == SP_REG ? _("no call may change the stack pointer")
					 : _("the register is fixed"));
		return false;
	}
	if (sck_abi_preserves(regno)) {
		error_at(loc,
			 "%<static_call_clobbers%> cannot list %qs: calls of the ABI preserve it, "
			 "and a set can only take away",
			 name);
		return false;
	}
	set_add(s, regno);
	return true;
}

/* The names of an attribute that was accepted. */
static void set_add_names(struct sck_set *s, const_tree attr)
{
	tree arg;

	for (arg = TREE_VALUE(attr); arg; arg = TREE_CHAIN(arg))
		sck_set_add_name(s, TREE_STRING_POINTER(TREE_VALUE(arg)), UNKNOWN_LOCATION);
}

/*
 * What the attribute of this function type lists. False if it has none. Where
 * declarations were merged that do not agree, callers must go by all.
 */
bool sck_clobbers_of(const_tree fntype, struct sck_set *s)
{
	tree attr = lookup_attribute(SCK_CLOBBERS, TYPE_ATTRIBUTES(fntype));

	if (!attr)
		return false;
	*s = {};
	for (; attr; attr = lookup_attribute(SCK_CLOBBERS, TREE_CHAIN(attr)))
		set_add_names(s, attr);
	return true;
}

/* Do declarations that were merged disagree? */
static bool clobbers_ambiguous(const_tree fntype)
{
	tree attr = lookup_attribute(SCK_CLOBBERS, TYPE_ATTRIBUTES(fntype));
	struct sck_set all, one;

	if (!sck_clobbers_of(fntype, &all))
		return false;
	for (; attr; attr = lookup_attribute(SCK_CLOBBERS, TREE_CHAIN(attr))) {
		one = {};
		set_add_names(&one, attr);
		if (!sck_set_equal(&one, &all))
			return true;
	}
	return false;
}

/* The registers that a value of the function comes back in. */
static void set_returned_in(const_tree fntype, struct sck_set *s)
{
	tree type = TREE_TYPE(fntype);
	rtx value;
	int i;

	*s = {};
	if (VOID_TYPE_P(type))
		return;
	/* With the type, GCC would put what it finds no listed register for into memory. */
	if (aggregate_value_p(type, NULL_TREE)) {
		set_add(s, AX_REG);
		return;
	}
	value = hard_function_value(type, const_cast<tree>(fntype), const_cast<tree>(fntype), 1);
	if (REG_P(value)) {
		for (i = REGNO(value); i < (int)END_REGNO(value); i++)
			set_add(s, i);
	} else if (GET_CODE(value) == PARALLEL) {
		for (i = 0; i < XVECLEN(value, 0); i++)
			if (rtx part = XEXP(XVECEXP(value, 0, i), 0))
				set_add(s, REGNO(part));
	}
}

/*
 * Is this set possible for a function of this type, now that it is complete?
 * Complain otherwise.
 */
bool sck_clobbers_fit(const_tree fntype, location_t loc)
{
	struct sck_set s, r;
	int regno;

	if (!sck_clobbers_of(fntype, &s))
		return true;
	if (ix86_function_type_abi(fntype) == MS_ABI) {
		error_at(loc, "%<static_call_clobbers%> on a function of the Microsoft ABI is not "
			      "supported");
		return false;
	}
	if (clobbers_ambiguous(fntype)) {
		error_at(loc, "declarations disagree on %<static_call_clobbers%>");
		return false;
	}
	set_returned_in(fntype, &r);
	regno = sck_set_beyond(&r, &s);
	if (regno < 0)
		return true;
	error_at(loc,
		 "%<static_call_clobbers%> must list %qs: a value of type %qT is returned in it",
		 sck_register_name(regno), TREE_TYPE(fntype));
	return false;
}

/* The name of a register as static_call_clobbers lists it: rax, not ax. */
const char *sck_register_name(int regno)
{
	static char name[8];

	if (regno > SP_REG)
		return reg_names[regno];
	snprintf(name, sizeof(name), "r%s", reg_names[regno]);
	return name;
}

/* No attribute that a source can write. */
#define KEEPING "static_call keeps"

/* For the type of a function of ours that keeps all general registers. */
tree sck_keeping_mark(void)
{
	return tree_cons(get_identifier(KEEPING), NULL_TREE, NULL_TREE);
}

bool sck_keeping_type(const_tree fntype)
{
	return lookup_attribute(KEEPING, TYPE_ATTRIBUTES(fntype)) != NULL_TREE;
}

static bool kept_general(int regno)
{
	return (LEGACY_INT_REGNO_P(regno) || IN_RANGE(regno, R8_REG, R11_REG)) &&
	       sck_keepable(regno);
}

/*
 * The registers that the ABI's calls change and that code of this unit may keep a
 * value in across a call of a function with this set.
 */
bool sck_kept_by(const_tree fntype, HARD_REG_SET *kept)
{
	bool keeping = sck_keeping_type(fntype);
	struct sck_set s;
	int regno;

	if (!keeping && !sck_clobbers_of(fntype, &s))
		return false;
	CLEAR_HARD_REG_SET(*kept);
	for (regno = 0; regno < FIRST_PSEUDO_REGISTER; regno++)
		if (keeping ? kept_general(regno) : sck_keepable(regno) && !sck_set_has(&s, regno))
			SET_HARD_REG_BIT(*kept, regno);
	return true;
}

/*
 * What a call may change, as tables have it: all that is not in kept. That is more
 * than the attribute lists where the unit is compiled for a machine without the
 * register, or by a GCC that does not know it.
 */
void sck_mask_of(const HARD_REG_SET &kept, uint64_t mask[2])
{
	struct sck_set s = {};
	int regno;

	for (regno = 0; regno < FIRST_PSEUDO_REGISTER; regno++)
		if (TEST_HARD_REG_BIT(kept, regno) || sck_abi_preserves(regno))
			set_add(&s, regno);
	mask[0] = ~s.word[0];
	mask[1] = ~s.word[1] & ((uint64_t)1 << (STATIC_CALL_KEY_CLOBBERS_FLAGS - 64) |
				(uint64_t)0xffff << (STATIC_CALL_KEY_CLOBBERS_APX - 64) |
				STATIC_CALL_KEY_CLOBBERS_KNOWN);
}

bool sck_abi_preserves(int regno)
{
	return regno == SP_REG || regno == BX_REG || regno == BP_REG ||
	       IN_RANGE(regno, R12_REG, R15_REG);
}
