/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The trampolines: what a site calls while it is not patched.
 *
 *	static_call_key_trampoline.fp:
 *		jmp	*fp(%rip)
 *
 * By way of a register, which no argument lies in and any call of the key may change, where
 * the variable is reached through the global offset table, where indirect jumps are made by
 * thunks, and where NULL is tested for.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/options.h"
#include "model/calls.h"
#include "model/sets.h"
#include "emit/emit.h"
#include "emit/text.h"
#include "emit/tables.h"

/* How the key's variable is spelled in assembly. */
void sck_put_variable(const struct sck_key *key)
{
	assemble_name(sck_out, IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(key->var)));
}

/* GCC does not know that we refer to the variable, and says no such thing itself. */
void sck_put_visibility(const struct sck_key *key)
{
	static const char *const names[] = { NULL, "protected", "hidden", "internal" };

	gcc_assert(DECL_VISIBILITY(key->var) < ARRAY_SIZE(names));
	OUT("\t.%s\t", names[DECL_VISIBILITY(key->var)]);
	sck_put_variable(key);
	OUT("\n");
}

/*
 * Must the variable be reached through the global offset table? As GCC does for
 * its own accesses, and always where data may be far away.
 */
static bool trampoline_through_got(const struct sck_key *key)
{
	if (ix86_cmodel == CM_MEDIUM || ix86_cmodel == CM_MEDIUM_PIC)
		return true;
	return (flag_pic || !SCK_DIRECT_EXTERN_ACCESS()) && !targetm.binds_local_p(key->var);
}

/* Does the trampoline need a register? */
static bool trampoline_needs_scratch(const struct sck_key *key)
{
	return trampoline_through_got(key) || (key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL) ||
	       key->thunk > indirect_branch_keep;
}

/*
 * Can the trampoline be written, or does the key's clobber set leave it no register? Complain
 * if so at loc, a call through the key.
 */
bool sck_trampoline_possible(const struct sck_key *key, location_t loc)
{
	if (key->scratch >= 0 || !trampoline_needs_scratch(key))
		return true;
	if (sck_register_is_kept(R11_REG))
		error_at(loc,
			 "before it is patched, this call of %qs goes through code that needs a "
			 "register, and %<r11%>, which it would take, is kept by an option or is "
			 "a global variable",
			 key->path);
	else
		error_at(loc,
			 "before it is patched, this call of %qs goes through code that needs a "
			 "register: list %<\"r11\"%> in its %<static_call_clobbers%>",
			 key->path);
	return false;
}

/*
 * Has the trampoline code for NULL to which calls may go directly? The kernel patches
 * such calls in its own way.
 */
bool sck_has_null_code(const struct sck_key *key)
{
	return key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL && ix86_cmodel != CM_KERNEL;
}

/* The trampoline: jmp *key, by way of a register where one instruction cannot. */
void sck_put_trampoline(const struct sck_key *key, const char *symbol, const char *group)
{
	bool null = key->flags & STATIC_CALL_KEY_RECORD_NOP_IF_NULL;
	const char *reg;

	/* objtool takes no other for a static call's. */
	if (sck_options.kernel_module && !group)
		OUT("\t.globl\t%s\n"
		    "\t.hidden\t%s\n",
		    symbol, symbol);
	sck_function_start(symbol, group);
	if (!trampoline_needs_scratch(key)) {
		OUT("\tjmp\t*");
		sck_put_variable(key);
		OUT("+%ld(%%rip)\n", (long)key->offset);
		if (SCK_HARDEN_SLS_JMP())
			OUT("\tint3\n");
		sck_function_end(symbol);
		return;
	}
	reg = sck_register_name(key->scratch);
	OUT("\tmovq\t");
	sck_put_variable(key);
	if (trampoline_through_got(key)) {
		OUT("@GOTPCREL(%%rip), %%%s\n", reg);
		OUT("\tmovq\t%ld(%%%s), %%%s\n", (long)key->offset, reg, reg);
	} else {
		OUT("+%ld(%%rip), %%%s\n", (long)key->offset, reg);
	}
	if (null)
		OUT("\ttestq\t%%%s, %%%s\n"
		    "\tje\t" SCK_NULL_CODE "f\n",
		    reg, reg);
	sck_put_jump(reg, key->thunk);
	if (null) {
		OUT(SCK_NULL_CODE ":\n");
		if (key->flags & STATIC_CALL_KEY_RECORD_RETURNS_VALUE)
			OUT("\txorl\t%%eax, %%eax\n");
		if (key->flags & STATIC_CALL_KEY_RECORD_RETURNS_WIDE)
			OUT("\txorl\t%%edx, %%edx\n");
		sck_emit_return();
	}
	sck_function_end(symbol);
}
