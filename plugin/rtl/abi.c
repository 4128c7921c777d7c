/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clobber sets, as the register allocator of a caller sees them: a predefined
 * function ABI for each set, which two hooks of the back end return for the functions that
 * have it. Both are needed. With -fipa-ra the declaration in a call's REG_CALL_DECL
 * note leads to fntype_abi; without it, at -O1 and with -pg, insn_callee_abi has to
 * know the function by its symbol.
 *
 * Callers only: for the function that is being compiled the hook gives the ABI's own
 * answer. With less, GCC would still not save more in the prologue, and its x87 pass
 * would stop; preserve.c sees to definitions.
 *
 * GCC has NUM_ABI_IDS of these, of which the x86 back end uses the first two.
 */
#include "gcc-compat.h"
#include "model/decl.h"
#include "model/sets.h"
#include "rtl/passes.h"

#define FIRST_ID 3

static const predefined_function_abi &(*gcc_fntype_abi)(const_tree);
static const predefined_function_abi &(*gcc_insn_callee_abi)(const rtx_insn *);

/* What each ID leaves alone, in this process. */
static HARD_REG_SET kept_by_id[NUM_ABI_IDS];
static unsigned int next_id = FIRST_ID;

/* The ID of this set, 0 if it has none and is to have none, or there is none left. */
static unsigned int abi_find_id(const HARD_REG_SET &kept, bool make)
{
	unsigned int id;

	for (id = FIRST_ID; id < next_id; id++)
		if (kept_by_id[id] == kept)
			return id;
	if (!make || next_id == NUM_ABI_IDS)
		return 0;
	kept_by_id[next_id] = kept;
	return next_id++;
}

/*
 * What callers may rely on. A call that is no keyed one, nor one of a function of our own in
 * the same module, may go through the procedure linkage table, whose code changes these two;
 * in kernels there is none.
 */
static bool abi_kept_by_call(const_tree fntype, HARD_REG_SET *kept)
{
	if (!sck_kept_by(fntype, kept))
		return false;
	if (!sck_trampoline_type(fntype) && !sck_keeping_type(fntype) && ix86_cmodel != CM_KERNEL) {
		CLEAR_HARD_REG_BIT(*kept, R10_REG);
		CLEAR_HARD_REG_BIT(*kept, R11_REG);
	}
	return !hard_reg_set_empty_p(*kept);
}

/* Front ends ask too, and for types that nobody calls: an ID is for code. */
static bool abi_generating_code(void)
{
	return cfun && (currently_expanding_to_rtl || (cfun->curr_properties & PROP_rtl));
}

static bool abi_has_set(const_tree fntype)
{
	return lookup_attribute(SCK_CLOBBERS, TYPE_ATTRIBUTES(fntype)) || sck_keeping_type(fntype);
}

/* The ABI of a function type with a set, or NULL. */
static const predefined_function_abi *abi_of_type(const_tree fntype)
{
	HARD_REG_SET kept, clobbers;
	unsigned int id;

	if (!abi_has_set(fntype) ||
	    (current_function_decl && fntype == TREE_TYPE(current_function_decl)) ||
	    ix86_function_type_abi(fntype) == MS_ABI || !abi_kept_by_call(fntype, &kept))
		return NULL;
	id = abi_find_id(kept, abi_generating_code());
	if (!id)
		return NULL;
	/* Function attributes switch instruction sets, each of which has such tables of its own. */
	clobbers = default_function_abi.full_reg_clobbers() & ~kept;
	if (!function_abis[id].initialized_p() || function_abis[id].full_reg_clobbers() != clobbers)
		function_abis[id].initialize(id, clobbers);
	return &function_abis[id];
}

static const predefined_function_abi &fntype_abi_hook(const_tree fntype)
{
	const predefined_function_abi *abi = abi_of_type(fntype);

	if (abi)
		return *abi;
	return gcc_fntype_abi ? gcc_fntype_abi(fntype) : default_function_abi;
}

static const predefined_function_abi &insn_callee_abi_hook(const rtx_insn *insn)
{
	rtx call = get_call_rtx_from(insn);

	if (call && GET_CODE(XEXP(XEXP(call, 0), 0)) == SYMBOL_REF) {
		tree decl = SYMBOL_REF_DECL(XEXP(XEXP(call, 0), 0));

		if (decl && TREE_CODE(decl) == FUNCTION_DECL) {
			const predefined_function_abi *abi = abi_of_type(TREE_TYPE(decl));

			if (abi)
				return *abi;
		}
	}
	return gcc_insn_callee_abi ? gcc_insn_callee_abi(insn) : default_function_abi;
}

/* Can keyed calls of this unit profit from the set? */
bool sck_abi_available(const_tree fntype)
{
	HARD_REG_SET kept;

	return !sck_kept_by(fntype, &kept) || hard_reg_set_empty_p(kept) || abi_find_id(kept, true);
}

/* How many different sets there can be. */
unsigned int sck_abi_room(void)
{
	return NUM_ABI_IDS - FIRST_ID;
}

void sck_register_abi(void)
{
	gcc_fntype_abi = targetm.calls.fntype_abi;
	targetm.calls.fntype_abi = fntype_abi_hook;
	gcc_insn_callee_abi = targetm.calls.insn_callee_abi;
	targetm.calls.insn_callee_abi = insn_callee_abi_hook;
}
